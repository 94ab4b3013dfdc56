import { AuditCheckpointEntity, AuditCheckpointLeafEntity } from './audit-checkpoint.entity.js';
import { AuditRecordEntity } from './audit-record.entity.js';
import { DeliveryReportSourceEntity } from './delivery-report-source.entity.js';
import { DigestDayEntity } from './digest-day.entity.js';
import { EventEntity } from './event.entity.js';
import { IdempotencyKeyEntity } from './idempotency-key.entity.js';
import { InstanceEntity } from './instance.entity.js';
import { MailEntity } from './mail-ledger.entity.js';
import { OutboxMessageEntity } from './outbox-message.entity.js';
import { RefusalEntity } from './refusal.entity.js';
import { SharedContextEntity } from './shared-context.entity.js';
import { TaskEntity } from './task.entity.js';
import { TestClockEntity } from './test-clock.entity.js';
import { TimerEntity } from './timer.entity.js';
import { WorkerEntity } from './worker.entity.js';

export type { AvailableEvent } from '#libs/engine';
export { addMessages, addPersonalMessage, addProvinceMessages, type ProvinceMessage } from './add-messages.js';
export { recordAudit } from './audit-records.js';
export { canonicalJson } from './canonical-json.js';
export { type CaseEvidence, readCaseEvidence } from './case-evidence.js';
export { createSigner, type Signer } from './checkpoint.js';
export { copyCheckpoints } from './checkpoint-folder.js';
export { signingKeysUsed } from './checkpoint-rows.js';
export { keepReportSources, listReportSources, recordReportLook, takeReportSource } from './delivery-report-sources.js';
export { type DueWork, dueWork } from './due-work.js';
export { eventHash } from './event-hash.js';
export type { Share } from './fire-reminders.js';
export { explainStep, type LadderStep } from './ladder.js';
export { claimMails } from './mail-claim.js';
export { digestUrgencyOf } from './mail-digest.js';
export {
  type DigestContent,
  type DigestCounts,
  type DigestNote,
  type DigestTask,
  digestUrgencies,
} from './mail-digest-content.js';
export {
  dueMailIds,
  type MailReport,
  markStaleMails,
  maxMailAttempts,
  queueDueMails,
  recordBounce,
  recordMailOutcomes,
  releaseMails,
  setMailAside,
} from './mail-ledger.js';
export {
  isSettled,
  listMails,
  type MailFilter,
  mailTrouble,
  type PendingWork,
  pendingWork,
  resendMail,
} from './mail-ledger-queries.js';
export {
  type ClaimedMail,
  type ClaimOutcome,
  digestTemplate,
  type HeldAssignment,
  type Mailbox,
  type MailDirectory,
  type MailLedgerSettings,
  type MailPart,
  type MailRow,
  type MailTemplates,
} from './mail-ledger-types.js';
export { relayOutbox } from './outbox-relay.js';
export { dueMessageIds, setMessageAside } from './outbox-take.js';
export { planDigests } from './plan-digests.js';
export type { DeadlineChange } from './preview-decision.js';
export { isMoved, type RecountedDeadline, recomputedEventType } from './recompute.js';
export { Runtime } from './runtime.js';
export { type Sealed, sealCheckpoint } from './seal-checkpoint.js';
export { findStoredAnswer } from './stored-answer.js';
export { createDatabaseClock, type DatabaseClock, readDatabaseClock } from './test-clock.js';
export type {
  Applied,
  ApplyCommand,
  ChainReport,
  FireOutcome,
  Idempotency,
  LockedInstance,
  Outcome,
  Principal,
  RecipientDirectory,
  RefusedOutcome,
  ReplayReport,
  StoredAnswer,
} from './types.js';
export { type CheckpointReport, verifyCheckpoints } from './verify-checkpoints.js';
export { waitingWork } from './waiting-work.js';
export { listWorkers, signAtWork, signLeave, type WorkerState } from './workers-at-work.js';
export { IdempotencyKeyEntity, InstanceEntity };

/** For the data source. */
export const runtimeEntities = [
  SharedContextEntity,
  InstanceEntity,
  EventEntity,
  TimerEntity,
  TaskEntity,
  OutboxMessageEntity,
  IdempotencyKeyEntity,
  RefusalEntity,
  MailEntity,
  DigestDayEntity,
  DeliveryReportSourceEntity,
  WorkerEntity,
  TestClockEntity,
  AuditRecordEntity,
  AuditCheckpointEntity,
  AuditCheckpointLeafEntity,
];
