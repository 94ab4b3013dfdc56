import { Button, Form } from 'antd';
import { useState } from 'react';
import type { SessionView } from '#contracts/session.js';
import { useEndSession, useSessions } from '../api/profile';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';
import { ProofItem } from './proof-item';

function EndButton({ session }: { readonly session: SessionView }) {
  const { say } = useLanguage();
  const end = useEndSession();
  const [isAsking, setAsking] = useState(false);
  if (session.current) return <span className="mark on">{say(profileTexts.thisOne)}</span>;
  if (!isAsking)
    return (
      <Button size="small" onClick={() => setAsking(true)}>
        {say(profileTexts.endSession)}
      </Button>
    );
  return (
    <Form<{ currentPassword?: string }>
      name={`end-${session.id}`}
      layout="vertical"
      onFinish={(proof) => end.mutate({ id: session.id, ...proof })}
    >
      <Problem error={end.error} />
      <ProofItem />
      <div className="row">
        <Button
          size="small"
          type="primary"
          htmlType="submit"
          loading={end.isPending}
          style={{ height: 'auto', whiteSpace: 'normal' }}
        >
          {say(profileTexts.endSession)}
        </Button>
        <Button size="small" onClick={() => setAsking(false)}>
          {say(profileTexts.cancel)}
        </Button>
      </div>
    </Form>
  );
}

/** "Chrome, Windows": what a person recognises in what a browser says of itself; the whole of it when nothing is known. */
function deviceName(userAgent: string | null): string {
  if (userAgent === null) return '–';
  const browser = /(Edg|OPR|Firefox|CocCoc|coc_coc_browser|Chrome|Safari)\//.exec(userAgent)?.[1];
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(userAgent)?.[1];
  const names: Readonly<Record<string, string>> = { Edg: 'Edge', OPR: 'Opera', coc_coc_browser: 'CocCoc' };
  const known = [browser && (names[browser] ?? browser), system].filter(Boolean);
  return known.length > 0 ? known.join(', ') : userAgent.slice(0, 40);
}

const columns = ({ say }: LanguageValue): Column<SessionView>[] => [
  { title: say(profileTexts.device), cell: (one) => deviceName(one.userAgent) },
  { title: say(profileTexts.signedInAt), kind: 'exact', cell: (one) => formatInstant(one.createdAt) },
  { title: say(profileTexts.lastSeen), kind: 'exact', cell: (one) => formatInstant(one.lastSeenAt) },
  { title: say(profileTexts.expires), kind: 'exact', cell: (one) => formatInstant(one.expiresAt) },
  { title: say(profileTexts.state), cell: (one) => <EndButton session={one} /> },
];

export function Sessions() {
  const language = useLanguage();
  const { say } = language;
  const sessions = useSessions();
  if (sessions.isLoadingError) return <Failure problem={sessions.error} retry={() => sessions.refetch()} />;
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
