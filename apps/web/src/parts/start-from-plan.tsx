import { Link } from 'react-router';
import type { Me } from '#contracts/session.js';
import { useLanguage } from '../language';

/** Where a unit's officer begins when nothing is there yet; nobody else starts cases. */
export function StartFromPlan({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  if (!me.roles.some(({ role }) => role === 'unitOfficer')) return null;
  return <Link to="/plan">{t('startFromPlan')}</Link>;
}
