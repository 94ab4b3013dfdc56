import { Button } from 'antd';
import type { SessionView } from '#contracts/session.js';
import { useRevokeSession, useSessions } from '../api/profile';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';

function EndButton({ session }: { readonly session: SessionView }) {
  const { say } = useLanguage();
  const revoke = useRevokeSession();
  if (session.current) return <span className="mark on">{say(profileTexts.thisOne)}</span>;
  return (
    <>
      <Problem error={revoke.error} />
      <Button size="small" loading={revoke.isPending} onClick={() => revoke.mutate(session.id)}>
        {say(profileTexts.endSession)}
      </Button>
    </>
  );
}

const columns = ({ say }: LanguageValue): Column<SessionView>[] => [
  { title: say(profileTexts.signedInAt), kind: 'exact', cell: (one) => formatInstant(one.createdAt) },
  { title: say(profileTexts.lastSeen), kind: 'exact', cell: (one) => formatInstant(one.lastSeenAt) },
  { title: say(profileTexts.expires), kind: 'exact', cell: (one) => formatInstant(one.expiresAt) },
  { title: say(profileTexts.state), cell: (one) => <EndButton session={one} /> },
];

export function Sessions() {
  const language = useLanguage();
  const { say } = language;
  const sessions = useSessions();
  if (sessions.isError) return <Failure problem={sessions.error} retry={() => sessions.refetch()} />;
  return (
    <Panel title={say(profileTexts.sessions)}>
      <div className="stack">
        <p className="muted">{say(profileTexts.sessionsIntro)}</p>
        <DataTable
          label={say(profileTexts.sessions)}
          columns={columns(language)}
          rows={sessions.data?.items}
          rowKey={(one) => one.id}
          empty=""
        />
      </div>
    </Panel>
  );
}
