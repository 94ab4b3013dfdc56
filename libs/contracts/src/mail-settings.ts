import { z } from 'zod';
import type { Text } from './text.js';

/**
 * both: what happens comes at once, what falls due comes in the digest of the morning. single: each mail by itself, no digest.
 * digest: everything that can wait until the next working morning comes in the digest. What cannot wait is always a mail of its own.
 */
export const mailDeliveries = ['both', 'single', 'digest'] as const;
export type MailDelivery = (typeof mailDeliveries)[number];

export const mailDeliveryTexts = {
  both: {
    vi: 'Việc mới gửi ngay; việc đến hạn gộp một thư mỗi sáng làm việc',
    en: 'New work at once; what falls due in one mail each working morning',
  },
  single: { vi: 'Mỗi việc một thư, không có thư gộp buổi sáng', en: 'One mail for each thing, no morning digest' },
  digest: {
    vi: 'Gộp tất cả vào một thư mỗi sáng làm việc; chỉ việc không thể chờ mới gửi riêng',
    en: 'Everything in one mail each working morning; only what cannot wait comes by itself',
  },
} satisfies Record<MailDelivery, Text>;

const fields = { delivery: z.enum(mailDeliveries), language: z.enum(['vi', 'en']) };

/** How a person is written to, and in which language. */
export const mailSettings = z.object(fields).meta({ id: 'MailSettings' });
export type MailSettings = z.output<typeof mailSettings>;

/** What is absent stays as it is. */
export const mailSettingsPatch = z.strictObject(fields).partial().meta({ id: 'MailSettingsPatch' });
export type MailSettingsPatch = z.output<typeof mailSettingsPatch>;
