import type { HouseView } from '#contracts/overview.js';
import { mailDirectory, requireRole, type SessionPrincipal } from '#libs/organisation';
import { mailTrouble, pendingWork } from '#libs/runtime';
import type { CaseDependencies } from './case-dependencies.js';

interface VersionRow {
  definitionId: string;
  version: number;
  active: number;
  done: number;
  firstAt: Date;
  lastAt: Date;
}

const versionsStatement = {
  name: 'delegation_machine_versions',
  text: `
    select definition_id as "definitionId", definition_version as version,
      (count(*) filter (where status = 'active'))::int as active, (count(*) filter (where status = 'done'))::int as done,
      min(created_at) as "firstAt", max(created_at) as "lastAt"
    from instances where province_id = $1 group by 1, 2 order by 1, 2 desc`,
};

/** Which versions of the machine cases run on, and what the workers have before them. Throws FORBIDDEN. */
export async function readHouse(dependencies: CaseDependencies, principal: SessionPrincipal): Promise<HouseView> {
  requireRole(principal, { role: ['administrator', 'inspector'] });
  const { reader, unitOfWork, clock, calendarFor } = dependencies;
  const rows = await reader.read<VersionRow>(versionsStatement, [principal.provinceId]);
  const [work, mails] = await unitOfWork.run(async (tx) => [
    await pendingWork(tx, { clock, calendarFor, directory: mailDirectory }),
    await mailTrouble(tx, { provinceId: principal.provinceId, since: clock.now() }),
  ]);
  return {
    versions: rows.map((row) => ({
      ...row,
      firstAt: row.firstAt.toISOString(),
      lastAt: row.lastAt.toISOString(),
      isNewest: !rows.some((other) => other.definitionId === row.definitionId && other.version > row.version),
    })),
    work: {
      timersDue: work.dueTimers,
      messagesWaiting: work.outboxMessages,
      mailsWaiting: mails.planned + mails.queued,
      mailsSending: mails.sending,
      mailsUncertain: mails.uncertain,
      mailsFailed: mails.failed,
      nextTimerAt: work.nextAt?.toISOString() ?? null,
    },
  };
}
