import { AppError } from '#contracts/errors.js';
import { outsideDocumentNumber } from '#contracts/outside-document.js';
import type { Text } from '#contracts/text.js';
import { classifiedMarkings, classifiedNumbers } from '#libs/policy';

/**
 * Nothing that carries a marking of secrecy is stored: not in a proposal, not in what people write beside a decision, not as the number
 * of a document. Source: Luật Bảo vệ bí mật nhà nước 117/2025/QH15. The rule is checked before anything is written.
 */
interface Found {
  readonly path: string;
  readonly text: Text;
}

/** Throws VALIDATION_FAILED with each field that carries a marking. `path`: where the content stands in the request. */
export function requireUnmarkedContent(content: object, path = ''): void {
  refuse(markedTexts(content, path));
}

/** The same for what a person wrote beside a decision (`privateFields`), and for the number of the document that goes with it. */
export function requireUnmarkedEvent(
  event: { readonly type: string; readonly document?: { readonly number: string } | undefined },
  privateFields: readonly string[],
): void {
  const written = Object.entries(event).filter(([name]) => privateFields.includes(name));
  const number = event.document?.number;
  const secret = number !== undefined && number !== outsideDocumentNumber && classifiedNumbers([number]).length > 0;
  const marked = number !== undefined && number !== outsideDocumentNumber ? markedTexts(number, 'document.number') : [];
  refuse([
    ...markedTexts(Object.fromEntries(written), ''),
    ...(secret ? [{ path: 'document.number', text: secretNumber }] : marked),
  ]);
}

/** Why a file may not come in, by its name, title and number; null when nothing is in the way. */
export function secrecyOfFile(given: { fileName: string; title: string; number: string }): Text | null {
  const { fileName, title, number } = given;
  const [marking] = [...classifiedMarkings([fileName], true), ...classifiedMarkings([title, number])];
  if (marking !== undefined) return marked(marking);
  return classifiedNumbers([number, withoutExtension(fileName)]).length > 0 ? secretNumber : null;
}

/** Why a file with these words in it may not come in; null when nothing is in the way. */
export function secrecyOfWords(words: string): Text | null {
  const [marking] = classifiedMarkings([words]);
  return marking === undefined ? null : marked(marking);
}

const withoutExtension = (name: string) => name.replace(/\.[^.]+$/, '');

const secretNumber: Text = {
  vi: 'Số, ký hiệu có đuôi của văn bản mật: không ghi, không tải lên. Chọn "Văn bản mật, lưu ngoài hệ thống".',
  en: 'The number has the suffix of a classified document: it is neither recorded nor uploaded. Choose "Classified, kept outside".',
};

function marked(marking: string): Text {
  return {
    vi: `Có dấu "${marking}": hệ thống không nhận nội dung bí mật nhà nước. Bỏ nội dung này, hoặc chọn xử lý ngoài hệ thống.`,
    en: `Marked "${marking}": the system takes no state secrets. Remove it, or handle the matter outside the system.`,
  };
}

function markedTexts(value: unknown, path: string): Found[] {
  if (typeof value === 'string') {
    const [marking] = classifiedMarkings([value]);
    return marking === undefined ? [] : [{ path, text: marked(marking) }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inside]) =>
    markedTexts(inside, path === '' ? field : `${path}.${field}`),
  );
}

function refuse(fields: readonly Found[]): void {
  if (fields.length > 0) throw new AppError('VALIDATION_FAILED', { text: fields[0]!.text, fields });
}
