import type { PreparedReader, UnitOfWork } from '#libs/persistence';
import type { Idempotency, Runtime } from '#libs/runtime';
import type { FileStore } from '#libs/storage';
import type { FactsDependencies } from './case-facts.js';

/** What the use cases of this room are given by the composition root. */
export interface CaseDependencies extends FactsDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly reader: PreparedReader;
  readonly runtime: Runtime;
  readonly store: FileStore;
}

/** What came with the request beside its body. */
export interface CommandMeta {
  readonly requestId: string | null;
  readonly idempotency?: Idempotency;
}
