import { randomUUID } from 'node:crypto';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

export interface CaseMessage {
  readonly template: string;
  readonly recipient: Assignee;
  /** Ids and codes only, never personal data. */
  readonly data: Readonly<Record<string, unknown>>;
}

const insertMessages: PreparedStatement = {
  name: 'runtime_add_messages',
  text: `insert into outbox_messages (id, instance_id, template, recipient, data, not_before, created_at)
    select n.id, $1, n.template, n.recipient, n.data, $3, $3
    from json_to_recordset($2::json) as n(id uuid, template text, recipient jsonb, data jsonb)`,
};

/** Mails about a case that follow from a decision and that the machine cannot know of; in the transaction of that decision. */
export async function addMessages(
  tx: Tx,
  given: { readonly instanceId: string; readonly messages: readonly CaseMessage[]; readonly at: Date },
): Promise<void> {
  const { instanceId, messages, at } = given;
  if (messages.length === 0) return;
  const rows = messages.map((message) => ({ id: randomUUID(), ...message }));
  await runPrepared(tx, insertMessages, [instanceId, JSON.stringify(rows), at]);
}
