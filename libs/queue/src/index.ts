export { openQueues } from './open-queues.js';
export type { JobCounts, JobHandler, QueueOptions, Queues, QueueTrace } from './types.js';
