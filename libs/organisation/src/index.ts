import { AccountLinkEntity } from './account-link.entity.js';
import { ApiTokenEntity } from './api-token.entity.js';
import { CalendarFeedEntity } from './calendar-feed.entity.js';
import { OrganisationEntity } from './organisation.entity.js';
import { OrganisationVersionEntity } from './organisation-version.entity.js';
import { PersonEntity } from './person.entity.js';
import { PositionEntity } from './position.entity.js';
import { ProviderAccountEntity } from './provider-account.entity.js';
import { ProviderSignInEntity } from './provider-sign-in.entity.js';
import { ProvinceEntity } from './province.entity.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { RoleAssignmentEntity } from './role-assignment.entity.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import { SessionEntity } from './session.entity.js';
import { SignInAttemptEntity } from './sign-in-attempt.entity.js';
import { SignInPlaceEntity } from './sign-in-place.entity.js';
import { SubstitutionEntity } from './substitution.entity.js';
import { SuccessionEntity } from './succession.entity.js';

export { AccountLinkService, type IssuedLink, mintAccountLink } from './account-links.js';
export { ApiTokenService, createApiToken, readApiTokens, revokeApiToken } from './api-tokens.js';
export { type FeedReader, feedMadeAt, feedReader, removeFeed, renewFeed } from './calendar-feeds.js';
export { demoAccounts, demoProvinceCode, seedDemoProvince } from './demo-province.js';
export { DirectoryService } from './directory.service.js';
export { mailDirectory } from './mail-directory.js';
export { type OfficeHolder, officeHoldersOn } from './office-holders.js';
export { OrganisationService } from './organisation.service.js';
export {
  changeOrganisation,
  createOrganisation,
  type NewOrganisation,
  organisationIdByCode,
  organisationNames,
  organisationsOn,
} from './organisations.js';
export { preparePasswords } from './password.js';
export { createPerson, type NewPerson, namesOfPeople, setPassword } from './people.js';
export { holdingsOf, may, type RoleHeld, requireRole, type SessionPrincipal } from './permissions.js';
export { ProviderSignInService } from './provider-sign-in.service.js';
export { purgeSignIn } from './purge-sign-in.js';
export { holdsRole, recipientDirectory } from './recipient-directory.js';
export { type SealingKey, seal, unseal } from './sealed.js';
export { searchKey } from './search-key.js';
export { SecondFactorService } from './second-factor.service.js';
export { SessionService } from './session.service.js';
export { SubstitutionService } from './substitution.service.js';
export { endInFavour, laterOf, movePeople, organisationsBelow, peopleAt, peopleOf } from './successions.js';
export {
  OrganisationEntity,
  OrganisationVersionEntity,
  PersonEntity,
  ProvinceEntity,
  RoleAssignmentEntity,
  SuccessionEntity,
};

/** For the data source. */
export const organisationEntities = [
  ProvinceEntity,
  OrganisationEntity,
  OrganisationVersionEntity,
  PersonEntity,
  PositionEntity,
  RoleAssignmentEntity,
  SessionEntity,
  AccountLinkEntity,
  RecoveryCodeEntity,
  SecondFactorEntity,
  SignInAttemptEntity,
  SignInPlaceEntity,
  SubstitutionEntity,
  ProviderAccountEntity,
  ProviderSignInEntity,
  ApiTokenEntity,
  CalendarFeedEntity,
  SuccessionEntity,
];
