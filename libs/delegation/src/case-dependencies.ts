import type { Idempotency, Runtime } from '#libs/runtime';
import type { FactsDependencies } from './case-facts.js';
import type { FileStore } from '#libs/storage';
import type { UnitOfWork, PreparedReader } from '#libs/persistence';
