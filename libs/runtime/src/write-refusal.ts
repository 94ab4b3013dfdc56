import { randomUUID } from 'node:crypto';
import type { Refused } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { Principal } from './types.js';

const statement: PreparedStatement = {
  name: 'runtime_write_refusal',
  text: `insert into refusals (id, instance_id, event_type, rules, principal_id, request_id, at)
    values ($1, $2, $3, $4::jsonb, $5, $6, $7)`,
};

/** The only trace of a refused event. */
export async function writeRefusal(
  tx: Tx,
  refusal: { instanceId: string; eventType: string; refused: Refused; principal: Principal; at: Date },
): Promise<void> {
  const { refused, principal } = refusal;
  await runPrepared(tx, statement, [
    randomUUID(),
    refusal.instanceId,
    refusal.eventType,
    JSON.stringify(ruleNames(refused)),
    principal.personId,
    principal.requestId ?? null,
    refusal.at,
  ]);
}

/** The rules that said no, or the reason when no rule did. Names only: no sentence, no data. */
export function ruleNames(refused: Refused): string[] {
  return refused.rules.length > 0 ? refused.rules.map((rule) => rule.name) : [refused.reason];
}
