/** A server of a test's own, to be killed and started again in the same folder on the same port. */
export interface OwnServer {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

interface Services {
  /** `ephemeral`: without the safety of a disk, for tests alone. */
  startPostgres(folder: string, how?: { ephemeral: boolean }): Promise<OwnServer & { readonly folder: string }>;
  startRedis(folder: string): Promise<OwnServer | null>;
  /** The path of the program; null when none is installed. */
  findRedis(): string | null;
  isAlive(pid: number): boolean;
}

// The launcher's own way to start them is plain JavaScript, so its types are said here.
const services = '../../scripts/services.mjs';

export const ownServers = (): Promise<Services> => import(services) as Promise<Services>;
