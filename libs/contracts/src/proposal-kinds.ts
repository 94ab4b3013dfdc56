/** The closed lists of a proposal, apart from its schemas: the web shows them and must not carry a validator for that. */
export const memberRoles = ['leader', 'deputy', 'member', 'secretary', 'interpreter'] as const;
/** Purposes of DOMAIN 7, statistics table 3. */
export const purposeKinds = [
  'visit',
  'promotion',
  'study',
  'conference',
  'signing',
  'exchange',
  'training',
  'other',
] as const;
export const fundingSources = ['stateBudget', 'partyBudget', 'socialised', 'partner', 'other'] as const;
export const fundingPayers = ['vietnam', 'partner'] as const;
export const documentKinds = [
  'proposalLetter',
  'programme',
  'invitation',
  'invitationTranslation',
  'costEstimate',
  'memberList',
  'partyOpinion',
  'agreementText',
  'decision',
  'report',
  'settlement',
  'other',
] as const;
/** Limits a proposal may exceed with a justification (DOMAIN 5, numeric limits are soft rules). */
export const exceptionRules = [
  'tripsPerYear',
  'memberCount',
  'dayCount',
  'countryCount',
  'twoLeaders',
  'leadTime',
  'planPeriod',
  'overlap',
  'funding',
  'studyOnBudget',
  'unfinishedDuties',
  'duplicate',
] as const;
