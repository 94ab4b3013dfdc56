/** '2026-01-12' → '12/01/2026'. */
export function formatDay(day: string | null | undefined): string {
  if (!day) return '–';
  const [year, month, date] = day.slice(0, 10).split('-');
  return `${date}/${month}/${year}`;
}

const instant = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});

/** An instant as '17:00 12/01/2026', always in the zone of Viet Nam whatever the device says. */
export function formatInstant(at: string | null | undefined): string {
  if (!at) return '–';
  const parts = Object.fromEntries(instant.formatToParts(new Date(at)).map((part) => [part.type, part.value]));
  return `${parts.hour}:${parts.minute} ${parts.day}/${parts.month}/${parts.year}`;
}

const agoUnits = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** 300 → '5 phút trước', '5 minutes ago'. */
export function formatAgo(seconds: number, language: 'vi' | 'en'): string {
  const [unit, length] = agoUnits.find(([, length]) => seconds >= length) ?? agoUnits[3];
  return new Intl.RelativeTimeFormat(language).format(-Math.floor(seconds / length), unit);
}

/** 920000000, 'VND' → '920.000.000 VND'. */
export function formatAmount(amount: number, currency: string): string {
  return `${new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 2 }).format(amount)} ${currency}`;
}
