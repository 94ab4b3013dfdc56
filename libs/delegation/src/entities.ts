import { CaseCounterEntity } from './case-counter.entity.js';
import { DossierDocumentEntity } from './dossier-document.entity.js';
import { PlanReminderEntity } from './plan-reminder.entity.js';
import { ProposalEntity } from './proposal.entity.js';
import { ProposalCountryEntity } from './proposal-country.entity.js';
import { ProposalFundingEntity } from './proposal-funding.entity.js';
import { ProposalMemberEntity } from './proposal-member.entity.js';
import { ProposalRevisionEntity } from './proposal-revision.entity.js';
import { SavedInboxViewEntity } from './saved-inbox-view.entity.js';
import { StoredFileEntity } from './stored-file.entity.js';
import { TripFollowUpEntity, TripReportEntity } from './trip-report.entity.js';

/** For the data source. */
export const delegationEntities = [
  ProposalEntity,
  ProposalMemberEntity,
  ProposalFundingEntity,
  ProposalCountryEntity,
  ProposalRevisionEntity,
  StoredFileEntity,
  DossierDocumentEntity,
  CaseCounterEntity,
  SavedInboxViewEntity,
  TripReportEntity,
  TripFollowUpEntity,
  PlanReminderEntity,
];
