import { z } from 'zod';
import type { Text } from './text.js';

/** What is kept for a time only. Cases, decisions and documents are records of the State and are not among them. */
export const retentionClasses = [
  'identityPapers',
  'formerMembersPapers',
  'freeText',
  'mailAddresses',
  'storedAnswers',
  'planPreviews',
  'accountLinks',
] as const;
export type RetentionClass = (typeof retentionClasses)[number];

export const retentionTexts = {
  identityPapers: {
    vi: 'Số hộ chiếu, ngày sinh của đoàn: từ ngày hồ sơ kết thúc',
    en: 'Passport numbers and birth dates: from the day the case ended',
  },
  formerMembersPapers: {
    vi: 'Số hộ chiếu, ngày sinh của người không còn trong đoàn: từ lần sửa hồ sơ cuối',
    en: 'Papers of people who left the delegation: from the last edit of the proposal',
  },
  freeText: {
    vi: 'Lời ghi tự do trong nhật ký (chuỗi băm vẫn nguyên vẹn): từ ngày hồ sơ kết thúc',
    en: 'Free text in the log (the chain stays valid): from the day the case ended',
  },
  mailAddresses: {
    vi: 'Địa chỉ người nhận trong sổ thư: từ ngày lập thư',
    en: 'Addresses in the mail ledger: from the day of the mail',
  },
  storedAnswers: {
    vi: 'Câu trả lời giữ để chống gửi lặp: từ ngày gửi',
    en: 'Answers kept for repeated requests: from the day of the request',
  },
  planPreviews: {
    vi: 'Bản đọc thử tệp kế hoạch chưa được nhận: từ ngày nạp tệp',
    en: 'Previews of plan files nobody confirmed: from the day of the upload',
  },
  accountLinks: {
    vi: 'Liên kết mời, đặt lại mật khẩu đã hết hạn: từ ngày hết hạn',
    en: 'Expired invitation and reset links: from the day they expired',
  },
} satisfies Record<RetentionClass, Text>;

export const retentionRule = z
  .object({
    dataClass: z.enum(retentionClasses),
    keepDays: z.int(),
    /** The product's own number: giả định, no document sets it. */
    defaultDays: z.int(),
    /** Rows whose time is over and that the next run erases. */
    due: z.int(),
    changedAt: z.iso.datetime().nullable(),
    changedById: z.uuid().nullable(),
  })
  .meta({ id: 'RetentionRule' });
export type RetentionRule = z.output<typeof retentionRule>;

export const retentionRun = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    /** Null: the daily job, or the operator at the command line. */
    personId: z.uuid().nullable(),
    erased: z.partialRecord(z.enum(retentionClasses), z.int()),
  })
  .meta({ id: 'RetentionRun' });
export type RetentionRun = z.output<typeof retentionRun>;

export const retentionReport = z.object({ rules: z.array(retentionRule), runs: z.array(retentionRun) });
export type RetentionReport = z.output<typeof retentionReport>;

/** 30 years at most. */
export const setRetention = z.object({ keepDays: z.int().min(0).max(10_950) });
export type SetRetention = z.output<typeof setRetention>;
