import { z } from 'zod';

const first = '1900-01-01';
const last = '2199-12-31';

/** A day people enter, YYYY-MM-DD. Outside two centuries it is a slip of the pen, which no calendar of ours could count with. */
export const calendarDay = z.iso.date().refine((day) => day >= first && day <= last, {
  params: { text: { vi: `Ngày phải từ ${first} đến ${last}.`, en: `The day must be from ${first} to ${last}.` } },
});
