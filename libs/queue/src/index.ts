export { openQueues } from './open-queues.js';
export type { JobCounts, JobHandler, QueueLog, QueueOptions, Queues, QueueTrace } from './types.js';
