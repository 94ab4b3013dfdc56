import type { Text } from '#contracts/text.js';

/** Words of the backward plan. */
export const backwardPlanTexts = {
  backwardPlan: { vi: 'Lịch lùi từ ngày đi', en: 'Plan back from departure' },
  backwardPlanFor: { vi: 'Ngày đi {day}. Mỗi bước xong chậm nhất:', en: 'Departure {day}. Each step done by:' },
  planSafe: { vi: 'Kịp', en: 'Safe' },
  planTight: { vi: 'Gấp', en: 'Tight' },
  planLate: { vi: 'Trễ', en: 'Late' },
  planDaysLeft: { vi: 'còn {n} ngày làm việc', en: '{n} working days left' },
  planDaysOver: { vi: 'quá {n} ngày làm việc', en: '{n} working days over' },
  safeDay: { vi: 'Chậm nhất {day}', en: 'By {day}' },
} as const satisfies Record<string, Text>;
