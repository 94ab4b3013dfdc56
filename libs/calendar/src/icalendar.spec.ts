import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { type CalendarEntry, type CalendarFile, writeCalendar } from './icalendar.js';

const stamp = new Date('2026-03-02T02:00:00.000Z');
const due: CalendarEntry = {
  kind: 'due',
  uid: 'task-1@tuyenquang.example',
  sequence: 3,
  summary: '[DR-2026-0001] Thẩm định hồ sơ',
  description: '3 ngày làm việc, tính từ 12/01; bỏ qua 17–18/01 (cuối tuần)',
  url: 'https://thong-hanh.example/cases/1',
  dueAt: new Date('2026-03-05T10:00:00.000Z'),
};
const trip: CalendarEntry = {
  ...due,
  kind: 'days',
  uid: 'trip-1@tuyenquang.example',
  firstDay: '2026-12-30',
  lastDay: '2027-01-02',
};
const file = (given: Partial<CalendarFile> = {}): CalendarFile => ({
  ...{ method: 'publish', stamp, organiser: 'th@tuyenquang.example', name: null, entries: [due] },
  ...given,
});
/** As an independent reader understands it. */
const read = (text: string) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    calendar,
    events: calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component)),
  };
};

describe('an iCalendar file', () => {
  it('tells another program the moment, the reason and the way to the case', () => {
    const { calendar, events } = read(writeCalendar(file()));
    const [event] = events;
    expect(calendar.getFirstPropertyValue('version')).toBe('2.0');
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH');
    expect(event?.uid).toBe(due.uid);
    expect(event?.sequence).toBe(3);
    expect(event?.endDate.toJSDate()).toEqual(due.kind === 'due' && due.dueAt);
    expect(event?.startDate.toString()).toBe('2026-03-05T09:30:00Z');
    expect(event?.summary).toBe(due.summary);
    expect(event?.description).toBe(due.description);
    expect(event?.component.getFirstPropertyValue('url')).toBe(due.url);
    expect(event?.component.getFirstPropertyValue('organizer')).toBe('mailto:th@tuyenquang.example');
  });

  it('writes a trip as whole days, the last one included, also over the year', () => {
    const [event] = read(writeCalendar(file({ entries: [trip] }))).events;
    expect(event?.startDate.isDate).toBe(true);
    expect([event?.startDate.toString(), event?.endDate.toString()]).toEqual(['2026-12-30', '2027-01-03']);
  });

  it('takes an entry back', () => {
    const { calendar, events } = read(writeCalendar(file({ method: 'cancel', entries: [trip] })));
    expect(calendar.getFirstPropertyValue('method')).toBe('CANCEL');
    expect(events[0]?.component.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('has a name and an interval when it is subscribed to', () => {
    const { calendar } = read(writeCalendar(file({ name: 'Việc của tôi', organiser: null, entries: [] })));
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Việc của tôi');
    expect(String(calendar.getFirstPropertyValue('refresh-interval'))).toBe('PT1H');
  });

  it('keeps every text whole, in lines of at most 75 octets that end with CRLF', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aệ😀,;\\:" \n'), maxLength: 120 });
    fc.assert(
      fc.property(text, text, (summary, description) => {
        const written = writeCalendar(file({ entries: [{ ...due, summary, description }] }));
        const lines = written.split('\r\n');
        expect(lines.at(-1)).toBe('');
        for (const line of lines) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
          expect(line).not.toMatch(/[\r\n]/);
          expect(line).not.toContain('\uFFFD');
        }
        const [event] = read(written).events;
        expect(event?.summary ?? '').toBe(summary);
        expect(event?.description ?? '').toBe(description);
      }),
    );
  });
});
