import { Form, Radio } from 'antd';
import { mailDeliveries, mailDeliveryTexts } from '#contracts/mail-settings.js';
import { useChangeMailSettings, useMailSettings } from '../api/profile';
import { Failure } from '../failure';
import { type Language, useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';

/** Each choice is kept at once: there is nothing here one could half do. */
export function MailChoice() {
  const { say, setLanguage } = useLanguage();
  const settings = useMailSettings();
  const change = useChangeMailSettings();
  if (settings.isPending) return <Bones />;
  if (settings.isLoadingError) return <Failure problem={settings.error} retry={() => settings.refetch()} />;
  const shown = { ...settings.data, ...(change.isPending ? change.variables : {}) };
  return (
    <Panel
      title={say(profileTexts.languageAndMail)}
      extra={
        <span className="muted" role="status">
          {change.isSuccess ? say(profileTexts.kept) : ''}
        </span>
      }
    >
      <Problem error={change.error} />
      <Form layout="vertical" component="div">
        <Form.Item label={say(profileTexts.languageOf)}>
          <Radio.Group
            aria-label={say(profileTexts.languageOf)}
            value={shown.language}
            onChange={(event) => {
              const language = event.target.value as Language;
              change.mutate({ language }, { onSuccess: () => setLanguage(language) });
            }}
          >
            <Radio value="vi">Tiếng Việt</Radio>
            <Radio value="en">English</Radio>
          </Radio.Group>
        </Form.Item>
        <Form.Item label={say(profileTexts.delivery)} style={{ marginBottom: 0 }}>
          <Radio.Group
            aria-label={say(profileTexts.delivery)}
            value={shown.delivery}
            onChange={(event) => change.mutate({ delivery: event.target.value })}
          >
            {mailDeliveries.map((one) => (
              <Radio key={one} value={one} style={{ display: 'flex', padding: '4px 0' }}>
                {say(mailDeliveryTexts[one])}
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
      </Form>
    </Panel>
  );
}
