import type { Text } from '#contracts/text.js';
import { formatDay } from '#libs/calendar';
import type { SuccessionTemplate } from './mail-template.js';
import type { NoticeText } from './notice-texts.js';

/** What a person calls this kind of mail. */
export const successionNames: Readonly<Record<SuccessionTemplate, Text>> = {
  organisationSucceeded: { vi: 'Cơ quan tiếp nhận công việc', en: 'Another organisation takes over' },
};

/** Names of organisations, a document and counts: no case, no traveller, no person. */
export function successionContent(data: Readonly<Record<string, unknown>>): NoticeText {
  const word = (name: string) => (typeof data[name] === 'string' ? data[name] : '…');
  const count = (name: string) => Number(data[name] ?? 0);
  const [from, to, day] = [word('organisation'), word('successor'), dayText(data.from)];
  const [cases, tasks, basis] = [count('cases'), count('tasks'), word('basis')];
  const gone = data.ends === true;
  return {
    tone: 'plain',
    headline: { vi: `${to} tiếp nhận công việc của ${from}`, en: `${to} takes over from ${from}` },
    body: {
      vi: [
        `Từ ngày ${day}, theo văn bản ${basis}, ${gone ? 'toàn bộ' : 'một phần'} công việc của ${from} chuyển sang ${to}: ${cases} hồ sơ đang chạy, ${tasks} việc đang mở.`,
        gone ? `Chức vụ, vai trò của người ở ${from} tiếp tục tại ${to}; hồ sơ cũ vẫn đọc được.` : '',
        'Văn bản đã ban hành giữ tên cơ quan của ngày ban hành. Mở danh sách việc để xem việc của bạn.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
      en: [
        `From ${day}, by document ${basis}, ${gone ? 'all' : 'a part'} of the work of ${from} belongs to ${to}: ${cases} running cases, ${tasks} open tasks.`,
        gone
          ? `Whoever held a position or role in ${from} holds it in ${to}; the cases of before can still be read.`
          : '',
        'Documents that were issued keep the name of their day. Open your inbox to see what is yours.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    },
  };
}

function dayText(day: unknown): string {
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? formatDay(day) : '…';
}
