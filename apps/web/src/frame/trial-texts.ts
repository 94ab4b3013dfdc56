import type { Text } from '#contracts/text.js';

export const trialTexts = {
  trial: { vi: 'Bản dùng thử', en: 'Trial' },
  mailsWait: { vi: 'ngoài giờ làm việc, thư chờ tới 07:30', en: 'outside working hours, mails wait until 07:30' },
  pass: { vi: 'Cho thời gian trôi', en: 'Let time pass' },
  explain: {
    vi: 'Chỉ có ở bản dùng thử. Giờ chỉ tới, không lùi; mọi thời hạn và thư nhắc trên đường đi vẫn diễn ra đúng lúc của chúng.',
    en: 'In a trial only. Time moves forward, never back; every deadline and reminder on the way happens at its own time.',
  },
  nextMorning: { vi: 'Tới sáng làm việc kế tiếp', en: 'To the next working morning' },
  week: { vi: 'Một tuần', en: 'One week' },
  month: { vi: 'Một tháng', en: 'One month' },
  quarter: { vi: 'Ba tháng', en: 'Three months' },
  passing: { vi: 'Đang trôi tới', en: 'On the way to' },
  stop: { vi: 'Dừng ở đây', en: 'Stop here' },
} as const satisfies Record<string, Text>;
