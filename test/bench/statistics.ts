import type { CpuTime } from './cpu.js';
import type { Round } from './workload.js';

export interface LatencySummary {
  /** Accepted decisions a second. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
}

export interface Summary extends LatencySummary {
  /** Processor time of an accepted decision, microseconds. */
  readonly nodeCpuMicros: number;
  readonly databaseCpuMicros: number | null;
}

/** `latencies`: milliseconds of each accepted decision. */
export function summariseLatencies(round: { latencies: readonly number[]; seconds: number }): LatencySummary {
  const sorted = [...round.latencies].sort((a, b) => a - b);
  return {
    perSecond: Math.round(sorted.length / round.seconds),
    p50Ms: percentile(sorted, 0.5),
    p95Ms: percentile(sorted, 0.95),
    p99Ms: percentile(sorted, 0.99),
  };
}

export function summarise(round: Round, cpu: { before: CpuTime; after: CpuTime }): Summary {
  const { before, after } = cpu;
  const database = before.database === null || after.database === null ? null : after.database - before.database;
  return {
    ...summariseLatencies(round),
    nodeCpuMicros: Math.round((after.node - before.node) / round.accepted),
    databaseCpuMicros: database === null ? null : Math.round(database / round.accepted),
  };
}

/** Of each figure by itself. */
export function medianOf(rounds: readonly Summary[]): Summary {
  const of = (read: (one: Summary) => number): number => median(rounds.map(read));
  return {
    perSecond: of((one) => one.perSecond),
    p50Ms: of((one) => one.p50Ms),
    p95Ms: of((one) => one.p95Ms),
    p99Ms: of((one) => one.p99Ms),
    nodeCpuMicros: of((one) => one.nodeCpuMicros),
    databaseCpuMicros: rounds.some((one) => one.databaseCpuMicros === null)
      ? null
      : of((one) => one.databaseCpuMicros ?? 0),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function percentile(sorted: readonly number[], share: number): number {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return Math.round(value * 100) / 100;
}
