import { ownDataAddress } from '../api/privacy';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';

const texts = {
  title: { vi: 'Dữ liệu về tôi', en: 'Data about me' },
  intro: {
    vi: 'Tải về mọi dữ liệu hệ thống giữ về bạn: thông tin cá nhân, chuyến đi, giấy tờ, việc đã làm, thư, và ai đã xem giấy tờ của bạn. Việc tải được ghi lại.',
    en: 'Download everything kept about you: who you are, trips, papers, what you did, mails, and who looked at your papers. The download is recorded.',
  },
  download: { vi: 'Tải dữ liệu về tôi (JSON)', en: 'Download data about me (JSON)' },
} as const;

export function OwnDataDownload() {
  const { say } = useLanguage();
  return (
    <Panel title={say(texts.title)}>
      <div className="stack">
        <p className="muted">{say(texts.intro)}</p>
        <a href={ownDataAddress} download>
          {say(texts.download)}
        </a>
      </div>
    </Panel>
  );
}
