import type { MailStatusName, SuppressedReason, WorkerView } from '#contracts/mail-ledger.js';
import type { Text } from '#contracts/text.js';

/** Words of the mail ledger; they come with the operator's pages and not with the inbox. */
export const mailTexts = {
  empty: { vi: 'Không có thư nào như vậy.', en: 'There is no such mail.' },
  recipient: { vi: 'Người nhận', en: 'Recipient' },
  template: { vi: 'Loại thư', en: 'Kind of mail' },
  from: { vi: 'Từ ngày', en: 'From' },
  to: { vi: 'Đến ngày', en: 'To' },
  clear: { vi: 'Bỏ lọc', en: 'Clear' },
  bounced: { vi: 'Bị trả lại', en: 'Returned' },
  bouncedAt: { vi: 'Bị trả lại lúc', en: 'Returned at' },
  waitsUntil: { vi: 'Không gửi trước', en: 'Not before' },
  serverSaid: { vi: 'Máy chủ thư trả lời', en: 'The mail server said' },
  resend: { vi: 'Gửi lại', en: 'Send again' },
  resendTitle: { vi: 'Gửi lại thư này?', en: 'Send this mail again?' },
  resendUncertain: {
    vi: 'Không rõ thư đã tới người nhận hay chưa. Gửi lại thì người nhận có thể nhận hai lần (cùng một Message-ID).',
    en: 'Nobody knows whether it arrived. Sent again, its reader may get it twice (with the same Message-ID).',
  },
  resendFailed: {
    vi: 'Máy chủ thư đã từ chối hoặc trả lại thư. Nên xem câu trả lời và sửa nguyên nhân (địa chỉ, hộp thư đầy) trước khi gửi lại.',
    en: 'The mail server refused or returned it. Read its answer and mend the cause (address, full mailbox) before sending again.',
  },
  resendNote: {
    vi: 'Thư gửi tới địa chỉ hiện nay của người nhận, trong giờ làm việc, và không gửi nếu việc đã xong. Việc gửi lại được ghi vào nhật ký với tên bạn.',
    en: 'It goes to the present address of its reader, in working hours, and not at all when the task is done. The record names you.',
  },
  previewIntro: {
    vi: 'Thư được viết ngay bây giờ từ dữ liệu thật của một hồ sơ; không gửi cho ai.',
    en: 'Written now from the data of a real case; it is sent to nobody.',
  },
  newestCase: { vi: 'Hồ sơ mới nhất', en: 'Newest case' },
  languageOfMail: { vi: 'Ngôn ngữ của thư', en: 'Language of the mail' },
  shownAs: { vi: 'Cách xem', en: 'Shown as' },
  asDesk: { vi: 'Máy tính', en: 'Desk' },
  asPhone: { vi: 'Điện thoại', en: 'Telephone' },
  asText: { vi: 'Chữ thuần', en: 'Plain text' },
  asCalendar: { vi: 'Tệp lịch', en: 'Calendar file' },
  noCalendar: { vi: 'Thư này không kèm tệp lịch.', en: 'No calendar file goes with this mail.' },
  trouble: { vi: 'Cần xem', en: 'To look at' },
  noTrouble: {
    vi: 'Không có thư lỗi, thư không chắc đã gửi hay hẹn giờ trễ.',
    en: 'No mail is failed or uncertain, and no timer is late.',
  },
  overdueTimers: { vi: 'hẹn giờ trễ', en: 'late timers' },
  workers: { vi: 'Gửi thư và nhắc hạn', en: 'Mails and reminders' },
  workersAtWork: { vi: 'tiến trình đang chạy', en: 'at work' },
  nobodyAtWork: {
    vi: 'Không tiến trình nào gửi thư và nhắc hạn',
    en: 'Nothing sends mails and reminders',
  },
  lastSeen: { vi: 'lần cuối', en: 'last seen' },
  neverSeen: { vi: 'chưa có tiến trình nào chạy', en: 'none has run yet' },
  startWorker: {
    vi: 'Thư và hạn đang chờ, không mất; khởi động tiến trình nền (worker) thì mọi việc đến hạn được làm ngay.',
    en: 'What is due waits and is not lost: start the worker, and it is done at once.',
  },
  queueAway: {
    vi: 'không trả lời, nhận biết từ',
    en: 'does not answer, noticed',
  },
  sweepWorks: { vi: 'việc vẫn chạy theo nhịp quét', en: 'the sweep does the work meanwhile' },
  reportSources: { vi: 'Báo cáo không giao được thư', en: 'Delivery reports' },
  noReportSource: {
    vi: 'chưa đặt nơi đọc; chỉ biết câu trả lời của máy chủ thư lúc gửi',
    en: 'none are read; only what the mail server answers at sending is known',
  },
  reportsReadAt: { vi: 'đọc được lúc', en: 'read at' },
  reportsNotYet: { vi: 'chưa đọc lần nào', en: 'not read yet' },
  reportsFaultSince: { vi: 'không đọc được từ', en: 'cannot be read since' },
  reportsSetAside: {
    vi: 'thư trong đó không phải báo cáo về thư của hệ thống, đã gắn cờ để người xem',
    en: 'mails in it are no reports about our mails and are flagged there',
  },
} satisfies Record<string, Text>;

export const reportSourceTexts: Readonly<Record<string, Text>> = {
  folder: { vi: 'thư mục Maildir', en: 'Maildir folder' },
  mailbox: { vi: 'hộp thư IMAP', en: 'IMAP mailbox' },
};

export const queueTexts: Readonly<Record<WorkerView['queue'], Text>> = {
  redis: { vi: 'hàng đợi Redis', en: 'queue on Redis' },
  postgres: { vi: 'hàng đợi PostgreSQL', en: 'queue on PostgreSQL' },
};

export const mailStatusTexts: Readonly<Record<MailStatusName, Text>> = {
  planned: { vi: 'Chờ gửi', en: 'Planned' },
  queued: { vi: 'Đã xếp hàng', en: 'Queued' },
  sending: { vi: 'Đang gửi', en: 'Sending' },
  sent: { vi: 'Đã gửi', en: 'Sent' },
  uncertain: { vi: 'Không chắc đã gửi', en: 'Uncertain' },
  failed: { vi: 'Không gửi được', en: 'Failed' },
  suppressed: { vi: 'Không cần gửi', en: 'Suppressed' },
};

export const suppressionTexts: Readonly<Record<SuppressedReason, Text>> = {
  noRecipient: { vi: 'Không có người nhận', en: 'Nobody to send it to' },
  personLeft: { vi: 'Người nhận không còn làm việc', en: 'The person has left' },
  ownDecision: { vi: 'Do chính người này vừa thực hiện', en: 'It is what this person has just done' },
  unknownTemplate: { vi: 'Không có mẫu thư này', en: 'No such template' },
  duplicate: { vi: 'Người này đã có thư về cùng việc', en: 'The person has a mail about the same thing' },
  taskClosed: { vi: 'Việc đã xong trước khi gửi', en: 'The task was done before' },
  timerCancelled: { vi: 'Thời hạn không còn tính', en: 'The deadline no longer counts' },
  timerMoved: { vi: 'Thời hạn đã dời sang lúc khác', en: 'The deadline was moved to another time' },
  overtaken: {
    vi: 'Dòng kế hoạch đã có hồ sơ hoặc không còn chờ',
    en: 'The plan line has a dossier by now, or waits no more',
  },
  inDigest: { vi: 'Đã nằm trong thư gộp buổi sáng', en: 'Told in the morning digest' },
  nothingDue: { vi: 'Sáng đó không có việc đến hạn', en: 'Nothing was due that morning' },
  superseded: { vi: 'Đã có lần nhắc mới hơn', en: 'A newer reminder took its place' },
  unreadable: { vi: 'Không đọc được nội dung yêu cầu gửi', en: 'The request could not be read' },
};
