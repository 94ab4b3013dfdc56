import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import {
  type CreateSubstitution,
  type SubstitutionList,
  type SubstitutionView,
  substitutionMaxDays,
} from '#contracts/substitution.js';
import type { Text } from '#contracts/text.js';
import { addDays, type CalendarDay, type Clock, dayOf, formatDay } from '#libs/calendar';
import { type PreparedReader, type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { InstanceEntity, recordAudit } from '#libs/runtime';
import { may, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { SubstitutionEntity } from './substitution.entity.js';
import { closesCircle, type Period, scopesMeet } from './substitution-rules.js';

/** How long an ended substitution stays in the person's own list, in days: giả định. The audit keeps it for good. */
const shownAfterwardsDays = 90;

interface Command {
  readonly principal: SessionPrincipal;
  readonly requestId: string | null;
  readonly clock: Clock;
}

/** Two people who name each other at the same moment wait for one another here; nothing else takes this lock. */
const lockSubstitutions: PreparedStatement = {
  name: 'organisation_lock_substitutions',
  text: `select pg_advisory_xact_lock(hashtextextended('substitutions ' || $1::text, 0))`,
};

const overlapping: PreparedStatement = {
  name: 'organisation_overlapping_substitutions',
  text: `select x.id, x.person_id as "personId", x.substitute_id as "substituteId", x.role, x.organisation_id as "organisationId",
      x.first_day::text as "firstDay", x.last_day::text as "lastDay"
    from substitutions x
    where x.province_id = $1 and x.revoked_at is null and x.first_day <= $3::date and x.last_day >= $2::date`,
};

/**
 * The signed-in person names who does their work from one day to another. It gives the substitute what the person holds in their own
 * right on each of those days, no more: what somebody does as a substitute is not passed on (Nghị định 30/2020/NĐ-CP, Điều 13
 * khoản 3: người được ủy quyền ký không được ủy quyền lại). Throws VALIDATION_FAILED, SUBSTITUTION_REFUSED with the reason.
 */
export async function createSubstitution(
  tx: Tx,
  given: Command & { readonly command: CreateSubstitution },
): Promise<SubstitutionView> {
  const { principal, command, clock, requestId } = given;
  const { personId, provinceId } = principal;
  const now = clock.now();
  const today = dayOf(now);
  requirePeriod(command, today);
  requireScope(principal, command);
  if (command.substituteId === personId)
    throw invalid('substituteId', 'Không tự thay chính mình.', 'Nobody stands in for themselves.');
  const substitute = await tx.findOneBy(PersonEntity, { id: command.substituteId, provinceId, active: true });
  if (substitute === null)
    throw invalid('substituteId', 'Không có người này trong tỉnh.', 'There is no such person in the province.');
  await requireCaseOf(tx, command.caseId, provinceId);
  await runPrepared(tx, lockSubstitutions, [provinceId]);
  const others = await runPrepared<Period>(tx, overlapping, [provinceId, command.firstDay, command.lastDay]);
  requireNoClash(others, { ...command, id: '', personId });
  const { substituteId, role, organisationId, firstDay, lastDay, caseId } = command;
  const id = randomUUID();
  const scope = { substituteId, role, organisationId, firstDay, lastDay, instanceId: caseId };
  await tx.insert(SubstitutionEntity, {
    id,
    provinceId,
    personId,
    ...scope,
    createdAt: now,
    createdById: personId,
    revokedAt: null,
    revokedById: null,
  });
  const note = {
    kind: 'administration',
    provinceId,
    at: now,
    principalId: personId,
    subjectId: id,
    requestId,
  } as const;
  await recordAudit(tx, { ...note, action: 'substitution.created', details: { personId, ...scope } });
  const [view] = await runPrepared<ListedRow>(tx, listStatement, [personId, '0001-01-01', id]);
  return toView(view!, { today, endable: true });
}

/**
 * Ends it now, whether it has begun or not: by the person themselves, by the substitute who steps down, or by an administrator.
 * Throws NOT_FOUND for anybody else's and SUBSTITUTION_REFUSED when it is over already.
 */
export async function endSubstitution(tx: Tx, given: Command & { readonly substitutionId: string }): Promise<void> {
  const { principal, substitutionId, clock, requestId } = given;
  const { personId, provinceId } = principal;
  const now = clock.now();
  const found = await tx.findOne(SubstitutionEntity, {
    where: { id: substitutionId, provinceId },
    lock: { mode: 'pessimistic_write' },
  });
  const isTheirs = found !== null && [found.personId, found.substituteId].includes(personId);
  if (found === null || !(isTheirs || may(principal, { role: 'administrator' }))) throw new AppError('NOT_FOUND');
  if (found.revokedAt !== null || found.lastDay < dayOf(now))
    throw refused('over', { vi: 'Việc thay thế này đã hết.', en: 'This substitution is over.' });
  await tx.update(SubstitutionEntity, { id: found.id }, { revokedAt: now, revokedById: personId });
  await recordAudit(tx, {
    kind: 'administration',
    provinceId,
    at: now,
    principalId: personId,
    action: 'substitution.revoked',
    subjectId: found.id,
    details: { personId: found.personId, substituteId: found.substituteId },
    requestId,
  });
}

/** What the signed-in person made and was given, newest first. */
export async function readSubstitutions(
  reader: PreparedReader,
  { principal, clock }: { readonly principal: SessionPrincipal; readonly clock: Clock },
): Promise<SubstitutionList> {
  const today = dayOf(clock.now());
  const since = addDays(today, -shownAfterwardsDays);
  const rows = await reader.read<ListedRow>(listStatement, [principal.personId, since, null]);
  const views = rows.map((row) => toView(row, { today, endable: true }));
  return {
    made: views.filter((view) => view.person.id === principal.personId),
    received: views.filter((view) => view.substitute.id === principal.personId),
  };
}

function requirePeriod({ firstDay, lastDay }: CreateSubstitution, today: CalendarDay): void {
  if (firstDay < today) throw invalid('firstDay', 'Ngày bắt đầu đã qua.', 'The first day is in the past.');
  if (lastDay < firstDay)
    throw invalid('lastDay', 'Ngày cuối trước ngày bắt đầu.', 'The last day is before the first one.');
  if (lastDay >= addDays(firstDay, substitutionMaxDays)) {
    throw invalid(
      'lastDay',
      `Một lần cử thay thế không quá ${substitutionMaxDays} ngày.`,
      `A substitution lasts ${substitutionMaxDays} days at most.`,
    );
  }
}

/** A scope that covers nothing the person holds would look like a substitution and be none. */
function requireScope({ roles }: SessionPrincipal, { role, organisationId }: CreateSubstitution): void {
  const lent = roles.filter(
    (held) =>
      (role === null || held.role === role) && (organisationId === null || held.organisationId === organisationId),
  );
  if (lent.some((held) => held.role !== 'administrator' && held.role !== 'inspector')) return;
  throw invalid(
    role === null ? 'organisationId' : 'role',
    'Bạn không giữ vai trò nào trong phạm vi này để giao thay.',
    'You hold no role of this scope that could be taken over.',
  );
}

async function requireCaseOf(tx: Tx, caseId: string | null, provinceId: string): Promise<void> {
  if (caseId === null || (await tx.existsBy(InstanceEntity, { id: caseId, provinceId }))) return;
  throw invalid('caseId', 'Không có hồ sơ này.', 'There is no such case.');
}

function requireNoClash(others: readonly Period[], wanted: Period): void {
  const twice = others.find((other) => other.personId === wanted.personId && scopesMeet(other, wanted));
  if (twice) {
    const days = `${formatDay(twice.firstDay)} – ${formatDay(twice.lastDay)}`;
    throw refused('taken', {
      vi: `Phạm vi này đã có người thay thế trong ${days}. Kết thúc lần đó trước.`,
      en: `Somebody already stands in for this scope in ${days}. End that one first.`,
    });
  }
  const away = others.find(
    (other) => other.personId === wanted.substituteId && other.role === null && other.organisationId === null,
  );
  if (away) {
    const days = `${formatDay(away.firstDay)} – ${formatDay(away.lastDay)}`;
    throw refused('substituteAway', {
      vi: `Người được chọn vắng mặt trong ${days} và đã có người khác thay.`,
      en: `The person chosen is away in ${days} and has a substitute.`,
    });
  }
  if (closesCircle(others, wanted)) {
    throw refused('circle', {
      vi: 'Không thay vòng: trong cùng những ngày đó, người được chọn đang nhờ bạn thay, trực tiếp hoặc qua người khác.',
      en: 'No circles: in the same days the person chosen relies on you as a substitute, directly or through others.',
    });
  }
}

interface ListedRow {
  readonly id: string;
  readonly person: { id: string; fullName: string };
  readonly substitute: { id: string; fullName: string };
  readonly role: SubstitutionView['role'];
  readonly organisation: SubstitutionView['organisation'];
  readonly firstDay: string;
  readonly lastDay: string;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** $1 the person on either side, $2 the day since which its end is shown, $3 one of them or null for all. */
const listStatement: PreparedStatement = {
  name: 'organisation_list_substitutions',
  text: `select x.id, json_build_object('id', p.id, 'fullName', p.full_name) as person,
      json_build_object('id', s.id, 'fullName', s.full_name) as substitute, x.role,
      case when o.id is not null then json_build_object('id', o.id, 'name', coalesce(
        (select v.name from organisation_versions v where v.organisation_id = o.id and v.valid_from <= x.last_day
          order by v.valid_from desc limit 1), o.code)) end as organisation,
      x.first_day::text as "firstDay", x.last_day::text as "lastDay", x.created_at as "createdAt", x.revoked_at as "revokedAt"
    from substitutions x join people p on p.id = x.person_id join people s on s.id = x.substitute_id
    left join organisations o on o.id = x.organisation_id
    where (x.person_id = $1 or x.substitute_id = $1) and x.last_day >= $2::date and ($3::uuid is null or x.id = $3)
    order by x.first_day desc, x.created_at desc, x.id`,
};

function toView(row: ListedRow, { today, endable }: { today: CalendarDay; endable: boolean }): SubstitutionView {
  const state = stateOn(row, today);
  return {
    ...row,
    state,
    createdAt: row.createdAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    endable: endable && (state === 'upcoming' || state === 'running'),
  };
}

function stateOn({ firstDay, lastDay, revokedAt }: ListedRow, today: CalendarDay): SubstitutionView['state'] {
  if (revokedAt !== null) return 'revoked';
  if (lastDay < today) return 'over';
  return firstDay > today ? 'upcoming' : 'running';
}

function invalid(path: string, vi: string, en: string): AppError {
  return new AppError('VALIDATION_FAILED', { text: { vi, en }, fields: [{ path, text: { vi, en } }] });
}

function refused(reason: string, text: Text): AppError {
  return new AppError('SUBSTITUTION_REFUSED', { reason, text });
}
