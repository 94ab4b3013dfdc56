// What a person typed after the name of a script: the value, or the sentence that says what is wanted, before anything is started.
import { LaunchError, reportFailure } from './launch-error.mjs';

/** `text` as a whole number from `from` to `to`; anything else ends the script with status 2. */
export function wholeNumber(name, text, { from = 1, to = 999_999_999 } = {}) {
  if (/^\d{1,9}$/.test(text) && Number(text) >= from && Number(text) <= to) return Number(text);
  return refuse(
    `${name} phải là số nguyên từ ${from} đến ${to}, không phải "${text}".`,
    `${name} wants a whole number from ${from} to ${to}, not "${text}".`,
  );
}

/** `text` as one of the words of a closed list; anything else ends the script with status 2. */
export function oneOf(name, text, words) {
  if (words.includes(text)) return text;
  const list = words.join(', ');
  return refuse(
    `${name} chỉ nhận một trong: ${list}; không phải "${text}".`,
    `${name} is one of: ${list}; not "${text}".`,
  );
}

function refuse(vi, en) {
  reportFailure(new LaunchError(vi, en));
  process.exit(2);
}
