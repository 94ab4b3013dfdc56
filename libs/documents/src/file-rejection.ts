import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';

/** Why a file was not read. `reason` travels in `AppError.details.reason`; the sentence says what to do. */
const rejections = {
  EMPTY: say('Tệp trống. Hãy chọn lại tệp.', 'The file is empty. Choose the file again.'),
  TOO_LARGE: say(
    'Tệp lớn hơn mức cho phép. Hãy bỏ ảnh, chỉ giữ bảng kế hoạch.',
    'The file is larger than allowed. Remove pictures and keep only the plan table.',
  ),
  MISLABELLED: say(
    'Tệp này là {actual} nhưng mang tên {named}. Hãy đổi đuôi tệp cho đúng, hoặc lưu lại từ phần mềm đã soạn rồi tải lên.',
    'This file is {actual} but is named as {named}. Correct its extension, or save it again from the program that made it, then upload it.',
  ),
  UNSUPPORTED: say(
    'Tệp này là {actual}; chỉ nhận XLSX, DOCX hoặc CSV. Hãy mở tệp và lưu sang một trong các dạng đó.',
    'This file is {actual}; only XLSX, DOCX and CSV are read. Open it and save it as one of these.',
  ),
  LEGACY_OFFICE: say(
    'Tệp này thuộc dạng Office cũ (.xls, .doc). Hãy mở tệp và lưu sang XLSX hoặc DOCX.',
    'This is an old Office file (.xls, .doc). Open it and save it as XLSX or DOCX.',
  ),
  ENCRYPTED: say(
    'Tệp được đặt mật khẩu. Hãy bỏ mật khẩu rồi tải lên lại.',
    'The file is protected with a password. Remove the password and upload it again.',
  ),
  MACRO: say(
    'Tệp có macro nên không được nhận. Hãy lưu sang XLSX hoặc DOCX không có macro.',
    'The file carries macros and is not accepted. Save it as XLSX or DOCX without macros.',
  ),
  BROKEN: say(
    'Tệp hỏng hoặc tải lên chưa đủ. Hãy mở tệp, lưu lại rồi tải lên.',
    'The file is broken or incomplete. Open it, save it again and upload it.',
  ),
  UNPACKS_TOO_LARGE: say(
    'Tệp bung ra quá lớn nên không được đọc. Hãy chép riêng bảng kế hoạch sang một tệp mới.',
    'The file unpacks to too much data and is not read. Copy the plan table to a new file.',
  ),
  DANGEROUS_XML: say(
    'Tệp chứa khai báo XML không an toàn nên không được đọc. Hãy lưu lại tệp từ Word hoặc Excel.',
    'The file holds an unsafe XML declaration and is not read. Save it again from Word or Excel.',
  ),
  TOO_MANY_ROWS: say(
    'Bảng có nhiều hơn {limit} dòng. Hãy chỉ giữ các dòng của kế hoạch.',
    'The table has more than {limit} rows. Keep only the rows of the plan.',
  ),
  TOO_MANY_COLUMNS: say(
    'Bảng có nhiều hơn {limit} cột. Hãy chỉ giữ các cột của kế hoạch.',
    'The table has more than {limit} columns. Keep only the columns of the plan.',
  ),
  TOO_MANY_CELLS: say(
    'Tệp có quá nhiều ô hoặc quá nhiều chữ. Hãy chỉ giữ bảng kế hoạch.',
    'The file holds too many cells or too much text. Keep only the plan table.',
  ),
  TOO_MANY_TABLES: say(
    'Tệp có nhiều hơn {limit} bảng. Hãy chỉ giữ bảng kế hoạch.',
    'The file has more than {limit} tables. Keep only the plan table.',
  ),
  NO_TABLE: say(
    'Không thấy bảng nào trong tệp. Kế hoạch phải nằm trong một bảng có dòng tiêu đề cột.',
    'No table was found in the file. The plan must stand in a table with column headings.',
  ),
  UNKNOWN_ENCODING: say(
    'Không đọc được bảng mã của tệp CSV. Hãy lưu lại dạng "CSV UTF-8".',
    'The text encoding of the CSV file is not known. Save it again as "CSV UTF-8".',
  ),
  BROKEN_CSV: say(
    'Tệp CSV hỏng ở gần dòng {line}: dấu ngoặc kép mở mà không đóng hoặc đặt sai chỗ. Hãy sửa hoặc xuất lại tệp.',
    'The CSV file is broken near line {line}: a quotation mark is not closed or is misplaced. Correct it or export it again.',
  ),
} satisfies Record<string, Text>;

export type FileRejectionReason = keyof typeof rejections;

const tooLarge: ReadonlySet<FileRejectionReason> = new Set([
  'TOO_LARGE',
  'UNPACKS_TOO_LARGE',
  'TOO_MANY_ROWS',
  'TOO_MANY_COLUMNS',
  'TOO_MANY_CELLS',
  'TOO_MANY_TABLES',
]);

export interface RejectionValues {
  readonly limit?: number;
  readonly line?: number;
  readonly actual?: Text;
  readonly named?: Text;
}

/** FILE_TOO_LARGE or FILE_REJECTED, with the reason and a sentence that says what to do. */
export function fileRejection(reason: FileRejectionReason, values: RejectionValues = {}, cause?: unknown): AppError {
  const text = { vi: fill(rejections[reason].vi, values, 'vi'), en: fill(rejections[reason].en, values, 'en') };
  const code = tooLarge.has(reason) ? 'FILE_TOO_LARGE' : 'FILE_REJECTED';
  return new AppError(code, { reason, text }, cause === undefined ? undefined : { cause });
}

function say(vi: string, en: string): Text {
  return { vi, en };
}

function fill(sentence: string, values: RejectionValues, language: 'vi' | 'en'): string {
  return sentence
    .replace('{limit}', String(values.limit ?? ''))
    .replace('{line}', String(values.line ?? '?'))
    .replace('{actual}', values.actual?.[language] ?? '')
    .replace('{named}', values.named?.[language] ?? '');
}
