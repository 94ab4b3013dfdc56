/** What a cell of people or days says. */
export interface CountRead {
  readonly count: number | null;
  /** "04 đoàn = 20 người": 4. */
  readonly delegations: number | null;
  /** A range: the larger number is taken. */
  readonly isRange: boolean;
}

const people = '(?:nguoi|thanh vien|dai bieu|can bo)';

/** text: without diacritics. "10", "07", "10 người", "04 đoàn = 20 người", "02 đoàn x 5 người/đoàn", "5-7 người". */
export function readPeople(text: string): CountRead {
  const each = new RegExp(`(\\d{1,4})\\s*doan\\s*[x*]\\s*(\\d{1,4})\\s*${people}?`).exec(text);
  if (each) {
    const delegations = Number(each[1]);
    return { count: delegations * Number(each[2]), delegations, isRange: false };
  }
  const delegations = /(\d{1,4})\s*doan/.exec(text)?.[1];
  const rest = text.replace(/\d{1,4}\s*doan(\s*\/)?/g, ' ');
  return { ...readCount(rest), delegations: delegations === undefined ? null : Number(delegations) };
}

/** text: without diacritics. "5", "05 ngày", "3-5 ngày", "5 ngày (không bao gồm thời gian đi về)". */
export function readCount(text: string): Omit<CountRead, 'delegations'> {
  const range = /(\d{1,4})\s*(?:-|den)\s*(\d{1,4})/.exec(text);
  if (range) return { count: Math.max(Number(range[1]), Number(range[2])), isRange: true };
  const numbers = text.match(/\d+(?:[.,]0+(?!\d))?/g) ?? [];
  const only = numbers[0];
  if (numbers.length !== 1 || only === undefined) return { count: null, isRange: false };
  const count = Number.parseInt(only, 10);
  return { count: Number.isSafeInteger(count) ? count : null, isRange: false };
}

/** Whether the days include the way there and back; null when the text does not say. text: without diacritics. */
export function readIncludesTravel(text: string): boolean | null {
  const travel = '(?:ca )?(?:thoi gian|ngay|so ngay)?\\s*(?:di(?: va)? ve|di lai|di duong|di chuyen|qua canh)';
  if (new RegExp(`(?:khong|chua)\\s*(?:bao gom|tinh|ke|gom)\\s*${travel}`).test(text)) return false;
  return new RegExp(`(?:bao gom|tinh ca|ke ca|gom)\\s*${travel}`).test(text) ? true : null;
}
