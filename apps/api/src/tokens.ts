import type { Tracing } from '#libs/tracing';

/** Injection tokens of what has no class of its own: `@Inject(clockToken) clock: Clock`. */
export const configToken = Symbol('AppConfig');
export const loggerToken = Symbol('Logger');
export const clockToken = Symbol('Clock');
export const unitOfWorkToken = Symbol('UnitOfWork');
export const preparedReaderToken = Symbol('PreparedReader');
/** `CaseDependencies` of the delegation room. */
export const caseDependenciesToken = Symbol('CaseDependencies');
/** `TracingHolder`: undefined inside when no collector is set. */
export const tracingToken = Symbol('Tracing');
export interface TracingHolder {
  readonly tracing: Tracing | undefined;
}
