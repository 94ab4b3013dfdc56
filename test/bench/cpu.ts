import fs from 'node:fs';
import type { DataSource } from 'typeorm';

/** Processor time used so far, in microseconds: what a decision costs, however busy the machine is with other things. */
export interface CpuTime {
  readonly node: number;
  /** All server processes of the connections to this database; null where there is no /proc. */
  readonly database: number | null;
}

export async function cpuTime(dataSource: DataSource): Promise<CpuTime> {
  const usage = process.cpuUsage();
  const backends: { pid: number }[] = await dataSource.query(
    'select pid from pg_stat_activity where datname = current_database()',
  );
  const times = backends.map(({ pid }) => processMicros(pid));
  const database = times.includes(null) ? null : times.reduce<number>((sum, time) => sum + (time ?? 0), 0);
  return { node: usage.user + usage.system, database };
}

/** User and system time from /proc/PID/stat, counted there in hundredths of a second. */
export function processMicros(pid: number): number | null {
  const file = `/proc/${pid}/stat`;
  if (!fs.existsSync(file)) return null;
  const fields = fs.readFileSync(file, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}
