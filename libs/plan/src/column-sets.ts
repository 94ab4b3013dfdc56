import type { PlanColumnSet } from '#contracts/plan-export.js';
import type { PlanField } from './plan-columns.js';

/** A printed column: what it holds and how the form calls it. */
export interface PrintedColumn {
  readonly field: PlanField;
  readonly header: string;
}

const headers: Readonly<Record<PlanField, string>> = {
  number: 'TT',
  name: 'Tên đoàn',
  capacity: 'Danh nghĩa đoàn',
  head: 'Trưởng đoàn',
  countriesTo: 'Nước đi',
  countriesFrom: 'Đến từ nước',
  partners: 'Đối tác làm việc',
  content: 'Nội dung hoạt động',
  people: 'Số người',
  days: 'Số ngày',
  period: 'Thời gian thực hiện',
  funding: 'Kinh phí',
  host: 'Đơn vị chủ trì',
  note: 'Ghi chú',
};

const form04 = columns(
  ...([
    'number',
    'name',
    'head',
    'countriesTo',
    'partners',
    'content',
    'people',
    'days',
    'period',
    'funding',
    'note',
  ] as const),
);
const form05 = columns(
  ...(['number', 'name', 'head', 'countriesFrom', 'content', 'people', 'days', 'period', 'funding', 'note'] as const),
);
/** Plan of Thái Nguyên 2019: with the capacity of the delegation and its own words for three columns. */
const thaiNguyen = renamed(
  columns(
    ...([
      'number',
      'name',
      'capacity',
      'head',
      'people',
      'countriesTo',
      'partners',
      'content',
      'days',
      'period',
      'funding',
      'note',
    ] as const),
  ),
  { people: 'Số thành viên', countriesTo: 'Đến nước', funding: 'Nguồn kinh phí' },
);

/** Source: DOMAIN 8, from the plans of Đồng Nai 2024 (forms 04 and 05), Thái Nguyên 2019 and Tuyên Quang 2020, 2023. */
export const columnSets: Readonly<Record<PlanColumnSet, readonly PrintedColumn[]>> = {
  form04,
  form04Unit: withUnit(form04, 'Đơn vị chủ trì'),
  form05,
  form05Unit: withUnit(form05, 'Đơn vị đón tiếp'),
  thaiNguyen2019: thaiNguyen,
  tuyenQuang2020: thaiNguyen.filter(({ field }) => field !== 'note'),
  tuyenQuang2023: form04.filter(({ field }) => field !== 'note'),
  tuyenQuangInbound2023: renamed(
    columns(
      ...(['number', 'name', 'head', 'countriesFrom', 'content', 'people', 'days', 'period', 'funding'] as const),
    ),
    { people: 'Số thành viên', funding: 'Nguồn kinh phí' },
  ),
};

/** Sections of form 04; one without any delegation prints "Không". */
export const form04Sections = [
  'I. Đoàn cấp Ủy viên Bộ Chính trị, Bí thư Trung ương Đảng',
  'II. Đoàn sử dụng ngân sách Đảng, Nhà nước',
  'III. Đoàn sử dụng nguồn kinh phí khác',
] as const;

/** Footnotes of form 04: what each column holds. */
export const form04Notes = [
  'Ghi chú: Tên đoàn: ghi cấp, loại đoàn. Trưởng đoàn: họ tên, chức vụ. Nước đi: mọi nước trong hành trình, theo thứ tự. Số người: tổng số, kể cả trưởng đoàn. Số ngày: tổng số, kể cả thời gian đi về và quá cảnh. Thời gian: tháng hoặc quý. Kinh phí: phần phía Việt Nam chi, từ nguồn nào, và phần đối tác chi.',
] as const;

export function columnFor(field: PlanField): PrintedColumn {
  return { field, header: headers[field] };
}

function columns(...fields: readonly PlanField[]): readonly PrintedColumn[] {
  return fields.map(columnFor);
}

function renamed(set: readonly PrintedColumn[], names: Partial<Record<PlanField, string>>): readonly PrintedColumn[] {
  return set.map(({ field, header }) => ({ field, header: names[field] ?? header }));
}

function withUnit(set: readonly PrintedColumn[], header: string): readonly PrintedColumn[] {
  return set.flatMap((column) => (column.field === 'name' ? [column, { field: 'host' as const, header }] : [column]));
}
