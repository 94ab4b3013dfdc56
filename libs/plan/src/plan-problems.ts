import type { PlanProblem } from '#contracts/plan.js';
import type { Text } from '#contracts/text.js';

type Severity = PlanProblem['severity'];

/** Every remark a preview can make. An error keeps the row out of the plan; a warning does not. `{value}` is the cell. */
const problems = {
  NO_HEADER: error(
    'Không tìm thấy dòng tiêu đề của bảng kế hoạch (cần có Tên đoàn và ít nhất hai cột khác). Hãy đặt tên cột như Mẫu 04 hoặc Mẫu 05.',
    'No heading row of a plan table was found (Tên đoàn and at least two other columns are needed). Name the columns as in form 04 or 05.',
  ),
  NO_ROWS: error('Bảng không có dòng nào của kế hoạch.', 'The table holds no plan line.'),
  UNKNOWN_YEAR: error(
    'Không biết kế hoạch của năm nào. Hãy chọn năm khi tải tệp lên.',
    'The year of the plan is not known. Choose the year when uploading.',
  ),
  UNKNOWN_COLUMN: warning(
    'Không hiểu cột "{value}"; cột này không được nhập.',
    'The column "{value}" is not understood and is not imported.',
  ),
  MISSING_COLUMN: warning('Bảng không có cột {value}.', 'The table has no column {value}.'),
  MISSING_NAME: error('Thiếu tên đoàn.', 'The name of the delegation is missing.'),
  MISSING_NUMBER: warning('Dòng không có số thứ tự.', 'The line has no number.'),
  MISSING_COUNTRY: warning('Chưa ghi nước.', 'No country is given.'),
  UNKNOWN_COUNTRY: warning(
    'Không nhận ra tên nước: {value}. Tên được giữ nguyên.',
    'Country name not recognised: {value}. It is kept as written.',
  ),
  MISSING_PERIOD: warning('Chưa ghi thời gian thực hiện.', 'No time is given.'),
  UNREADABLE_PERIOD: warning(
    'Không hiểu thời gian "{value}"; chữ được giữ trong ghi chú.',
    'The time "{value}" is not understood; the words are kept in the note.',
  ),
  OTHER_YEAR: warning(
    'Thời gian "{value}" nằm ngoài năm kế hoạch.',
    'The time "{value}" lies outside the year of the plan.',
  ),
  UNREADABLE_PEOPLE: error('Không hiểu số người "{value}".', 'The number of people "{value}" is not understood.'),
  MISSING_PEOPLE: warning('Chưa ghi số người.', 'The number of people is not given.'),
  UNREADABLE_DAYS: error('Không hiểu số ngày "{value}".', 'The number of days "{value}" is not understood.'),
  MISSING_DAYS: warning('Chưa ghi số ngày.', 'The number of days is not given.'),
  RANGE_TAKEN_LARGEST: warning(
    '"{value}" là một khoảng; lấy số lớn hơn.',
    '"{value}" is a range; the larger number is taken.',
  ),
  IMPOSSIBLE_NUMBER: error(
    'Số "{value}" không hợp lý ở cột này.',
    'The number "{value}" is not possible in this column.',
  ),
  TEXT_TOO_LONG: error(
    'Ô dài hơn mức cho phép ({value} chữ).',
    'The cell is longer than allowed ({value} characters).',
  ),
  DUPLICATE_ROW: warning('Dòng giống hệt dòng {value}.', 'The line is the same as row {value}.'),
  IGNORED_VALUE: warning(
    'Dòng này thuộc về đoàn ở trên; giá trị "{value}" không được nhập.',
    'This row belongs to the delegation above; the value "{value}" is not imported.',
  ),
  STRAY_ROW: warning(
    'Dòng "{value}" không thuộc đoàn nào nên không được nhập.',
    'The row "{value}" belongs to no delegation and is not imported.',
  ),
} satisfies Record<string, { severity: Severity; text: Text }>;

export type PlanProblemCode = keyof typeof problems;

export interface ProblemPlace {
  readonly row: number | null;
  readonly column: string | null;
  readonly value?: string;
}

export function planProblem(code: PlanProblemCode, { row, column, value = '' }: ProblemPlace): PlanProblem {
  const { severity, text } = problems[code];
  const shown = value.length > 120 ? `${value.slice(0, 119)}…` : value;
  const fill = (sentence: string) => sentence.replace('{value}', () => shown);
  return { code, severity, row, column, text: { vi: fill(text.vi), en: fill(text.en) } };
}

function error(vi: string, en: string) {
  return { severity: 'error' as const, text: { vi, en } };
}

function warning(vi: string, en: string) {
  return { severity: 'warning' as const, text: { vi, en } };
}
