import { AppError } from '#contracts/errors.js';
import { decide, type HandOver, type StoredSnapshot, start } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { canonicalJson } from './canonical-json.js';
import type { DefinitionCatalogue } from './definition-catalogue.js';
import { handedOver, handedOverEventType } from './hand-over.js';
import { readInstance } from './lock-instance.js';
import { recomputedEventType } from './recompute.js';
import type { SharedContexts } from './shared-context.js';
import { storedForm } from './stored-form.js';
import type { ReplayReport } from './types.js';

interface EventRow {
  seq: number;
  type: string;
  payload: Record<string, unknown>;
  at: Date;
}

const selectEvents: PreparedStatement = {
  name: 'runtime_replay_events',
  text: 'select seq, type, payload, at from events where instance_id = $1 order by seq',
};

/** Runs the log of one instance again on its own machine version. AppError NOT_FOUND, UNKNOWN_DEFINITION. */
export async function replayInstance(
  tx: Tx,
  instanceId: string,
  { definitions, contexts }: { definitions: DefinitionCatalogue; contexts: SharedContexts },
): Promise<ReplayReport> {
  const instance = await readInstance(tx, instanceId, contexts);
  const definition = definitions.exact(instance.definitionId, instance.definitionVersion);
  const [first, ...rest] = await runPrepared<EventRow>(tx, selectEvents, [instanceId]);
  if (!first) throw new AppError('CHAIN_BROKEN', { instanceId, seq: 1 });
  let snapshot: StoredSnapshot = start(definition, first.payload.input, first.at).snapshot;
  const report = { instanceId, events: rest.length + 1 };
  for (const event of rest) {
    if (event.type === recomputedEventType) continue;
    if (event.type === handedOverEventType) {
      snapshot = handedOver(definition, storedForm(snapshot), event.payload as unknown as HandOver);
      continue;
    }
    const decision = decide(definition, storedForm(snapshot), { ...event.payload, type: event.type }, event.at);
    if (decision.kind === 'refused') return { ...report, matches: false, refusedSeq: event.seq, snapshot };
    snapshot = decision.snapshot;
  }
  const matches = canonicalJson(snapshot) === canonicalJson(instance.snapshot);
  return { ...report, matches, refusedSeq: null, snapshot };
}
