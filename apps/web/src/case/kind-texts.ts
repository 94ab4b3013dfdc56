import type {
  documentKinds,
  exceptionRules,
  fundingPayers,
  fundingSources,
  memberRoles,
  purposeKinds,
} from '#contracts/proposal-kinds.js';
import type { TextKey } from '../texts';

type Texts<List extends readonly string[]> = Readonly<Record<List[number], TextKey>>;

/** What people read for the closed lists of a proposal; a kind without a name does not compile. */
export const roleTexts: Texts<typeof memberRoles> = {
  leader: 'roleLeader',
  deputy: 'roleDeputy',
  member: 'roleMember',
  secretary: 'roleSecretary',
  interpreter: 'roleInterpreter',
};

export const purposeTexts: Texts<typeof purposeKinds> = {
  visit: 'purposeVisit',
  promotion: 'purposePromotion',
  study: 'purposeStudy',
  conference: 'purposeConference',
  signing: 'purposeSigning',
  exchange: 'purposeExchange',
  training: 'purposeTraining',
  other: 'purposeOther',
};

export const fundingTexts: Texts<typeof fundingSources> = {
  stateBudget: 'fundingState',
  partyBudget: 'fundingParty',
  socialised: 'fundingSocialised',
  partner: 'fundingPartner',
  other: 'fundingOther',
};

export const payerTexts: Texts<typeof fundingPayers> = { vietnam: 'payerVietnam', partner: 'payerPartner' };

export const exceptionTexts: Texts<typeof exceptionRules> = {
  tripsPerYear: 'limitTripsPerYear',
  memberCount: 'limitMemberCount',
  dayCount: 'limitDayCount',
  countryCount: 'limitCountryCount',
  twoLeaders: 'limitTwoLeaders',
  leadTime: 'limitLeadTime',
  planPeriod: 'limitPlanPeriod',
  overlap: 'limitOverlap',
  funding: 'limitFunding',
  studyOnBudget: 'limitStudyOnBudget',
  unfinishedDuties: 'limitUnfinishedDuties',
  duplicate: 'limitDuplicate',
};

export const documentTexts: Texts<typeof documentKinds> = {
  proposalLetter: 'docProposalLetter',
  programme: 'docProgramme',
  invitation: 'docInvitation',
  invitationTranslation: 'docInvitationTranslation',
  costEstimate: 'docCostEstimate',
  memberList: 'docMemberList',
  partyOpinion: 'docPartyOpinion',
  agreementText: 'docAgreementText',
  decision: 'docDecision',
  report: 'docReport',
  settlement: 'docSettlement',
  other: 'docOther',
};
