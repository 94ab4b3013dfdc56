import { randomUUID } from 'node:crypto';
import type { CalendarDay } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { type ProvinceProfile, readProfile } from '#libs/policy';

/** SQL of the id of the version in force in province `province` on day `day`; of two the one that began later, then the newer. */
export const versionInForce = (given: { province: string; day: string }) => `
  (select r.id from rule_versions r where r.province_id = ${given.province} and r.valid_from <= ${given.day}::date
    and (r.valid_to is null or r.valid_to > ${given.day}::date)
    order by r.valid_from desc, r.version desc limit 1)`;

const contentStatement: PreparedStatement = {
  name: 'regulation_version_content',
  text: 'select content from rule_versions where id = $1',
};

const inForceStatement: PreparedStatement = {
  name: 'regulation_version_in_force',
  text: `select ${versionInForce({ province: '$1', day: '$2' })} as id`,
};

const provinceStatement: PreparedStatement = {
  name: 'regulation_province_unused',
  text: 'select code from provinces p where id = $1 and not exists (select from rule_versions where province_id = p.id)',
};

const adoptStatement: PreparedStatement = {
  name: 'regulation_adopt',
  text: `insert into rule_versions (id, province_id, version, valid_from, valid_to, focal_organisation_code, content, note,
      created_at, created_by_id)
    values ($1, $2, $3, $4, $5, $6, $7::jsonb, '', $8, null) on conflict do nothing`,
};

const focalStatement: PreparedStatement = {
  name: 'regulation_focal_code',
  text: `select focal_organisation_code as code from rule_versions
    where id = ${versionInForce({ province: '$1', day: '$2' })}`,
};

interface Place {
  readonly provinceId: string;
  readonly day: CalendarDay;
  readonly at: Date;
}

/**
 * The rule profiles of the provinces as the database holds them. A version never changes, so its content is read once a process; which
 * one is in force is asked of the database each time. A province without any starts from the shipped profile of its code.
 */
export class ProfileBook {
  readonly #contents = new Map<string, ProvinceProfile>();

  constructor(private readonly shipped: readonly ProvinceProfile[]) {}

  /** The profile in force. Null: none holds that day (a gap between two rule sets, or a province without one). */
  async inForce(tx: Tx, place: Place): Promise<ProvinceProfile | null> {
    return this.resolve(tx, await this.versionOn(tx, place), place);
  }

  /** The same for somebody who read `versionInForce` along with other things. */
  async resolve(tx: Tx, versionId: string | null, place: Place): Promise<ProvinceProfile | null> {
    if (versionId !== null) return this.content(tx, versionId);
    await this.adopt(tx, place);
    // Asked again whoever adopted it: of two first requests of a province one finds that the other was faster.
    const adopted = await this.versionOn(tx, place);
    return adopted === null ? null : this.content(tx, adopted);
  }

  private async versionOn(tx: Tx, { provinceId, day }: Place): Promise<string | null> {
    const [found] = await runPrepared<{ id: string | null }>(tx, inForceStatement, [provinceId, day]);
    return found?.id ?? null;
  }

  /** What the product brings for a province, whether or not it has been adopted. */
  shippedFor(provinceCode: string): ProvinceProfile | null {
    return this.shipped.find((profile) => profile.provinceCode === provinceCode) ?? null;
  }

  private async content(tx: Tx, versionId: string): Promise<ProvinceProfile> {
    const known = this.#contents.get(versionId);
    if (known) return known;
    const [row] = await runPrepared<{ content: unknown }>(tx, contentStatement, [versionId]);
    if (!row) throw new Error(`Rule version ${versionId} is not in the database that named it.`);
    const { profile, problems } = readProfile(row.content);
    if (profile === null) {
      throw new Error(`Rule version ${versionId} does not fit this product: ${problems[0]?.text.en} Migrate it.`);
    }
    this.#contents.set(versionId, profile);
    return profile;
  }

  /** A province without a version gets the shipped one; two at once store it once. */
  private async adopt(tx: Tx, { provinceId, at }: Place): Promise<void> {
    const [province] = await runPrepared<{ code: string }>(tx, provinceStatement, [provinceId]);
    const profile = province && this.shippedFor(province.code);
    if (!profile) return;
    const { version, validFrom, validTo, focalOrganisationCode } = profile;
    const content = JSON.stringify(profile);
    const row = [randomUUID(), provinceId, version, validFrom, validTo, focalOrganisationCode, content, at];
    await runPrepared(tx, adoptStatement, row);
  }
}

/** Code of the focal agency the rules of that day name; null when none are in force. */
export async function focalCodeOn(
  ask: <Row>(statement: PreparedStatement, values: readonly unknown[]) => Promise<Row[]>,
  { provinceId, day }: Omit<Place, 'at'>,
): Promise<string | null> {
  const [row] = await ask<{ code: string }>(focalStatement, [provinceId, day]);
  return row?.code ?? null;
}
