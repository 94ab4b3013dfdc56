import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import { ApiProblem } from '../api/client';
import { useSignIn } from '../api/queries';
import { useLanguage } from '../language';

export function SignInPage() {
  const { t, say, language, setLanguage } = useLanguage();
  const signIn = useSignIn();
  const required = [{ required: true, message: t('required') }];
  return (
    <Flex vertical align="center" justify="center" style={{ minHeight: '100vh', padding: 16 }}>
      <Card style={{ width: '100%', maxWidth: 380 }}>
        <Typography.Title level={3} style={{ marginTop: 0, marginBottom: 0 }}>
          {t('product')}
        </Typography.Title>
        <p className="muted" style={{ marginTop: 4 }}>
          {t('tagline')}
        </p>
        {signIn.isError && (
          <Alert
            type="error"
            showIcon
            style={{ marginBottom: 16 }}
            title={signIn.error instanceof ApiProblem ? say(signIn.error.text) : t('failed')}
          />
        )}
        <Form<{ email: string; password: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={(values) => signIn.mutate(values)}
        >
          <Form.Item name="email" label={t('email')} rules={required}>
            <Input autoFocus autoComplete="username" inputMode="email" />
          </Form.Item>
          <Form.Item name="password" label={t('password')} rules={required}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
            {t('signIn')}
          </Button>
        </Form>
        <Button
          type="link"
          size="small"
          style={{ padding: 0, marginTop: 12 }}
          onClick={() => setLanguage(language === 'vi' ? 'en' : 'vi')}
        >
          {t('language')}
        </Button>
      </Card>
    </Flex>
  );
}
