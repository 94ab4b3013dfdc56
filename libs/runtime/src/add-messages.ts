import { randomUUID } from 'node:crypto';
import type { Assignee } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

export interface CaseMessage {
  readonly template: string;
  readonly recipient: Assignee;
  /** Ids and codes only, never personal data. */
  readonly data: Readonly<Record<string, unknown>>;
}

const insertPersonalMessage: PreparedStatement = {
  name: 'runtime_add_personal_message',
  text: `insert into outbox_messages (id, province_id, template, recipient, data, not_before, created_at)
    select $1::uuid, $2::uuid, $3, jsonb_build_object('personId', $4::uuid), '{}', $5::timestamptz, $5::timestamptz where $4::uuid is not null`,
};

/**
 * A mail to one person about no case, in the transaction of the act. `personId` null writes nothing by the same steps, for who must
 * not show whether there is such a person.
 */
export async function addPersonalMessage(
  tx: Tx,
  given: {
    readonly provinceId: string | null;
    readonly personId: string | null;
    readonly template: string;
    readonly at: Date;
  },
): Promise<void> {
  const { provinceId, personId, template, at } = given;
  await runPrepared(tx, insertPersonalMessage, [randomUUID(), provinceId, template, personId, at]);
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

export interface ProvinceMessage extends CaseMessage {
  /** Who is reached by several messages of one occasion reads one of them. Absent: the message is its own occasion. */
  readonly occasion?: string;
}

const insertProvinceMessages: PreparedStatement = {
  name: 'runtime_add_province_messages',
  text: `insert into outbox_messages (id, province_id, occasion, template, recipient, data, not_before, created_at)
    select n.id, $1, n.occasion, n.template, n.recipient, n.data, $3, $3
    from json_to_recordset($2::json) as n(id uuid, occasion text, template text, recipient jsonb, data jsonb)`,
};

/** Mails about no case, to people of a province. */
export async function addProvinceMessages(
  tx: Tx,
  given: { readonly provinceId: string; readonly messages: readonly ProvinceMessage[]; readonly at: Date },
): Promise<void> {
  const { provinceId, messages, at } = given;
  if (messages.length === 0) return;
  const rows = messages.map((message) => ({ id: randomUUID(), ...message }));
  await runPrepared(tx, insertProvinceMessages, [provinceId, JSON.stringify(rows), at]);
}
