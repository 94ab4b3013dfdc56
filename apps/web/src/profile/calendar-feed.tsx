import { Button, Input } from 'antd';
import { useState } from 'react';
import { useCalendarFeed, useRemoveCalendarFeed, useRenewCalendarFeed } from '../api/profile';
import { Failure } from '../failure';
import { formatInstant } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';

/** Shown once: the server keeps only what it needs to know the address again. */
function Address({ url }: { readonly url: string }) {
  const { say } = useLanguage();
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => void navigator.clipboard.writeText(url).then(() => setIsCopied(true));
  return (
    <>
      <div className="row" style={{ flexWrap: 'nowrap' }}>
        <Input
          readOnly
          value={url}
          aria-label={say(profileTexts.feedAddress)}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={copy}>{say(isCopied ? profileTexts.copied : profileTexts.copy)}</Button>
      </div>
      <p className="muted">{say(profileTexts.feedSecret)}</p>
    </>
  );
}

/** A calendar other programs subscribe to; its address is a secret that can be replaced. */
export function CalendarFeed() {
  const { say } = useLanguage();
  const feed = useCalendarFeed();
  const renew = useRenewCalendarFeed();
  const remove = useRemoveCalendarFeed();
  if (feed.isPending) return <Bones />;
  if (feed.isLoadingError) return <Failure problem={feed.error} retry={() => feed.refetch()} />;
  const { createdAt } = feed.data;
  return (
    <Panel title={say(profileTexts.feed)}>
      <div className="stack">
        <p className="muted">{say(profileTexts.feedIntro)}</p>
        <Problem error={renew.error ?? remove.error} />
        {createdAt && renew.data && <Address url={renew.data.url} />}
        {createdAt && !renew.data && <p>{`${say(profileTexts.feedSince)} ${formatInstant(createdAt)}`}</p>}
        <div className="row">
          <Button loading={renew.isPending} onClick={() => renew.mutate()}>
            {say(createdAt ? profileTexts.feedRenew : profileTexts.feedMake)}
          </Button>
          {createdAt && (
            <Button
              type="text"
              loading={remove.isPending}
              onClick={() => remove.mutate(undefined, { onSuccess: () => renew.reset() })}
            >
              {say(profileTexts.feedRemove)}
            </Button>
          )}
        </div>
      </div>
    </Panel>
  );
}
