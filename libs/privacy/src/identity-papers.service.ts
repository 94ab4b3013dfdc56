import { AppError } from '#contracts/errors.js';
import type {
  FoundPapers,
  IdentityPapersPatch,
  MaskedPapersList,
  SearchPapers,
  ShownPapers,
  ViewReason,
} from '#contracts/identity-papers.js';
import type { Role } from '#contracts/roles.js';
import { type CaseDependencies, contextOf, requireCase } from '#libs/delegation';
import { holdingsOf, requireRole, type SealingKey, type SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import { type LockedInstance, recordAudit } from '#libs/runtime';
import { passportIndexes } from './passport-index.js';
import { memberKeyOf, noKeys, openPapers, papersOfCase, writePapers } from './stored-papers.js';

interface Member {
  readonly position: number;
  readonly personId: string | null;
  readonly fullName: string;
  readonly revision: number;
  readonly handledOutside: boolean;
}

interface Asking {
  readonly principal: SessionPrincipal;
  readonly caseId: string;
  readonly requestId: string | null;
}

const unitRoles: readonly Role[] = ['unitOfficer', 'unitHead'];
const focalRoles: readonly Role[] = ['reviewer', 'clerk'];

const membersStatement = {
  name: 'privacy_members',
  text: `select m.position, m.person_id as "personId", m.full_name as "fullName", p.revision,
      p.handled_outside as "handledOutside"
    from proposals p left join proposal_members m on m.instance_id = p.instance_id
    where p.instance_id = $1 order by m.position`,
};

const searchStatement = {
  name: 'privacy_search_papers',
  text: `select p.instance_id as "caseId", p.case_code as "caseCode", p.delegation_name as "delegationName",
      m.full_name as "fullName", m.person_id as "personId", i.member_key as "memberKey"
    from identity_papers i join proposals p on p.instance_id = i.instance_id
      join proposal_members m on m.instance_id = i.instance_id
    where i.passport_index = any($1::bytea[]) and i.province_id = $2 order by p.case_code desc, m.position limit 200`,
};

const dots = '••••••••';

/** Passport numbers and birth dates of a delegation: kept sealed, listed masked, shown for a reason and on record. */
export class IdentityPapersService {
  constructor(private readonly room: CaseDependencies & { readonly keys: readonly SealingKey[] }) {}

  /** Opens nothing. Throws NOT_FOUND. */
  list(principal: SessionPrincipal, caseId: string): Promise<MaskedPapersList> {
    return this.room.unitOfWork.run(async (tx) => {
      const instance = await requireCase(tx, { dependencies: this.room, principal, caseId });
      const { revision, members } = await membersOf(tx, caseId);
      const kept = await papersOfCase(tx, caseId);
      const items = members.map((member) => {
        const row = kept.get(memberKeyOf(member));
        return {
          position: member.position,
          fullName: member.fullName,
          passportNumber: row?.sealedPassportNumber ? dots : null,
          birthDate: row?.sealedBirthDate ? '••/••/••••' : null,
          passportExpiresOn: row?.passportExpiresOn ?? null,
          updatedAt: row?.updatedAt.toISOString() ?? null,
          mayView: mayView({ principal, instance, member }),
          mayWrite: instance.status === 'active' && mayWrite({ principal, instance, member }),
        };
      });
      return { revision, items };
    });
  }

  /** Throws NOT_FOUND, FORBIDDEN, VERSION_CONFLICT, EVENT_REFUSED (the case ended or is handled outside), UNAVAILABLE. */
  record(
    given: Asking & {
      readonly position: number;
      readonly expectedRevision: number;
      readonly patch: IdentityPapersPatch;
    },
  ): Promise<void> {
    const { principal, caseId, position, patch } = given;
    const { unitOfWork, runtime, clock, keys } = this.room;
    return unitOfWork.run(async (tx) => {
      await requireCase(tx, { dependencies: this.room, principal, caseId });
      const instance = await runtime.lock(tx, { instanceId: caseId });
      const { revision, members } = await membersOf(tx, caseId);
      const member = requireMember(members, position);
      if (!mayWrite({ principal, instance, member })) throw new AppError('FORBIDDEN');
      if (revision !== given.expectedRevision) throw new AppError('VERSION_CONFLICT', { revision });
      if (instance.status !== 'active' || member.handledOutside) throw notKept(instance.states);
      const at = clock.now();
      const owner = { instanceId: caseId, memberKey: memberKeyOf(member), provinceId: instance.provinceId };
      await writePapers(tx, { keys, owner, patch, personId: principal.personId, at });
      await recordAudit(tx, {
        ...this.note(given, { action: 'identityPapers.recorded', subjectId: member.personId, at }),
        details: { position, fields: Object.keys(patch).sort() },
      });
    });
  }

  /** The values of one member; the reason goes on record with the view. Throws NOT_FOUND, FORBIDDEN, UNAVAILABLE. */
  show(given: Asking & { readonly position: number; readonly reason: ViewReason }): Promise<ShownPapers> {
    const { principal, caseId, position, reason } = given;
    const { unitOfWork, clock, keys } = this.room;
    if (keys.length === 0) throw noKeys();
    return unitOfWork.run(async (tx) => {
      const instance = await requireCase(tx, { dependencies: this.room, principal, caseId });
      const { members } = await membersOf(tx, caseId);
      const member = requireMember(members, position);
      if (!mayView({ principal, instance, member })) throw new AppError('FORBIDDEN');
      const row = (await papersOfCase(tx, caseId)).get(memberKeyOf(member));
      await recordAudit(tx, {
        ...this.note(given, { action: 'identityPapers.shown', subjectId: member.personId, at: clock.now() }),
        details: { position, reason },
      });
      return { position, fullName: member.fullName, ...openPapers(keys, row) };
    });
  }

  /** Cases in which somebody travels on this passport. For the focal agency and the inspector; on record. Throws FORBIDDEN, UNAVAILABLE. */
  search(principal: SessionPrincipal, query: SearchPapers, requestId: string): Promise<FoundPapers> {
    requireRole(principal, { role: ['reviewer', 'clerk', 'inspector'] });
    const { unitOfWork, clock, keys } = this.room;
    if (keys.length === 0) throw noKeys();
    const { reason } = query;
    const values = [passportIndexes(keys, query.passportNumber), principal.provinceId];
    return unitOfWork.run(async (tx) => {
      const items: FoundPapers['items'] = [];
      const rows = await runPrepared<SearchRow>(tx, searchStatement, values);
      for (const { personId, memberKey, ...row } of rows) {
        if (memberKeyOf({ personId, fullName: row.fullName }) !== memberKey) continue;
        if (await this.isReadable(tx, principal, row.caseId)) items.push(row);
      }
      const { provinceId, personId: principalId } = principal;
      await recordAudit(tx, {
        ...{
          kind: 'personalData',
          action: 'identityPapers.searched',
          at: clock.now(),
          provinceId,
          principalId,
          requestId,
        },
        details: { reason, found: items.length },
      });
      return { items };
    });
  }

  private async isReadable(tx: Tx, principal: SessionPrincipal, caseId: string): Promise<boolean> {
    try {
      await requireCase(tx, { dependencies: this.room, principal, caseId });
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'NOT_FOUND') return false;
      throw error;
    }
  }

  private note(
    { principal, caseId, requestId }: Asking,
    given: { action: string; subjectId: string | null; at: Date },
  ) {
    const { provinceId, personId: principalId } = principal;
    return { ...given, kind: 'personalData' as const, provinceId, principalId, instanceId: caseId, requestId };
  }
}

interface SearchRow {
  readonly caseId: string;
  readonly caseCode: string;
  readonly delegationName: string;
  readonly fullName: string;
  readonly personId: string | null;
  readonly memberKey: string;
}

async function membersOf(tx: Tx, caseId: string): Promise<{ revision: number; members: Member[] }> {
  const rows = await runPrepared<Member | (Omit<Member, 'position'> & { position: null })>(tx, membersStatement, [
    caseId,
  ]);
  const [first] = rows;
  if (first === undefined) throw new AppError('NOT_FOUND');
  return { revision: first.revision, members: rows.filter((row): row is Member => row.position !== null) };
}

function requireMember(members: readonly Member[], position: number): Member {
  const member = members.find((one) => one.position === position);
  if (member === undefined) throw new AppError('NOT_FOUND');
  return member;
}

interface Question {
  readonly principal: SessionPrincipal;
  readonly instance: LockedInstance;
  readonly member: Member;
}

/** The unit that proposes, the desk of the focal agency that writes the note verbale, and the person themselves. */
function mayWrite({ principal, instance, member }: Question): boolean {
  if (member.personId === principal.personId) return true;
  const { unitId, focalId } = contextOf(instance).organisations;
  return holdingsOf(principal).some(
    ({ role, organisationId }) =>
      (organisationId === unitId && unitRoles.includes(role)) ||
      (organisationId === focalId && focalRoles.includes(role)),
  );
}

function mayView(question: Question): boolean {
  return mayWrite(question) || question.principal.roles.some(({ role }) => role === 'inspector');
}

function notKept(states: readonly string[]): AppError {
  return new AppError('EVENT_REFUSED', {
    states,
    rules: [],
    text: {
      vi: 'Hồ sơ đã kết thúc hoặc được xử lý ngoài hệ thống nên không ghi giấy tờ vào đây.',
      en: 'The case has ended or is handled outside the system, so no papers are kept here.',
    },
  });
}
