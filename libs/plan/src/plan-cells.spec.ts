import { describe, expect, it } from '@jest/globals';
import { plain } from './plain.js';
import { fieldOfHeader } from './plan-columns.js';
import { countryCode, readCountries } from './plan-countries.js';
import { readPeople } from './plan-numbers.js';
import { readTitle } from './plan-title.js';

describe('the meaning of a header', () => {
  it.each([
    ['TT', 'number'],
    ['STT', 'number'],
    ['Số\nTT', 'number'],
    ['Tên đoàn', 'name'],
    ['TÊN ĐOÀN CÔNG TÁC', 'name'],
    ['Danh nghĩa đoàn', 'capacity'],
    ['Trưởng đoàn', 'head'],
    ['Trưởng đoàn (họ tên, chức vụ)', 'head'],
    ['Nước đi', 'countriesTo'],
    ['Đến nước', 'countriesTo'],
    ['Nước đến', 'countriesTo'],
    ['Đến từ nước', 'countriesFrom'],
    ['Đến từ\nnước', 'countriesFrom'],
    ['Đối tác làm việc', 'partners'],
    ['Nội dung hoạt động', 'content'],
    ['Mục đích chuyến đi', 'content'],
    ['Số người', 'people'],
    ['Số thành viên', 'people'],
    ['Số lượng thành viên', 'people'],
    ['Số ngày', 'days'],
    ['Thời gian thực hiện', 'period'],
    ['Dự kiến thời gian', 'period'],
    ['Kinh phí', 'funding'],
    ['Nguồn kinh phí', 'funding'],
    ['Ghi chú', 'note'],
    ['Đơn vị chủ trì', 'host'],
    ['Đơn vị đón tiếp', 'host'],
    ['Cơ quan chủ trì', 'host'],
    ['Màu sắc', null],
    ['Đoàn công tác tỉnh Tuyên Quang', null],
    ['', null],
  ])('%j is %s', (header, field) => {
    expect(fieldOfHeader(header)).toBe(field);
  });
});

describe('countries', () => {
  it.each([
    ['Pháp, Bỉ, Hà Lan', ['FR', 'BE', 'NL']],
    ['Ốt-xtrây-li-a, Niu Di-lân', ['AU', 'NZ']],
    ['Hungary, Séc', ['HU', 'CZ']],
    ['Cộng hòa Liên bang Đức và Cộng hòa Pháp', ['DE', 'FR']],
    ['Thụy Sỹ - Thụy Điển – Phần Lan', ['CH', 'SE', 'FI']],
    ['CHDCND Lào', ['LA']],
    ['Nhật Bản/Hàn Quốc', ['JP', 'KR']],
    ['Liên hiệp Vương quốc Anh và Bắc Ai-len', ['GB']],
    ['Hoa Kỳ.', ['US']],
    ['Ba Tư', [null]],
    ['', []],
  ])('%j', (cell, codes) => {
    expect(readCountries(cell).map((country) => country.code)).toEqual(codes);
  });

  it('keeps the spelling and the remark in brackets, commas and all', () => {
    expect(readCountries('Úc (bang Victoria, Sydney); Nhật')).toEqual([
      { code: 'AU', name: 'Úc', detail: 'bang Victoria, Sydney' },
      { code: 'JP', name: 'Nhật', detail: null },
    ]);
  });

  it('knows every spelling only once', async () => {
    const { countryNames } = await import('./country-names.js');
    for (const [code, names] of Object.entries(countryNames)) {
      for (const name of names) expect([name, countryCode(name)]).toEqual([name, code]);
    }
  });
});

it.each([
  ['10', 10, null],
  ['07', 7, null],
  ['10 người', 10, null],
  ['10.0', 10, null],
  ['04 đoàn = 20 người', 20, 4],
  ['10 đoàn = 30 người', 30, 10],
  ['02 đoàn x 5 người/đoàn', 10, 2],
  ['3 đoàn', null, 3],
  ['5 - 7 người', 7, null],
  ['vài người', null, null],
  ['3 nam, 4 nữ', null, null],
])('people: %j', (cell, count, delegations) => {
  expect(readPeople(plain(cell))).toMatchObject({ count, delegations });
});

describe('title rows', () => {
  it.each([
    [
      ['KẾ HOẠCH ĐOÀN RA NĂM 2023', '(Kèm theo Chương trình số: 02/CTr-UBND ngày 12/01/2023 của UBND tỉnh A)'],
      2023,
      '02/CTr-UBND',
      '2023-01-12',
      'UBND tỉnh A',
    ],
    [
      ['Phụ lục I: Đoàn ra năm 2019', 'Kế hoạch số 41 /KH-UBND, ngày 08 tháng 4 năm 2019'],
      2019,
      '41/KH-UBND',
      '2019-04-08',
      null,
    ],
    [['CTr 02 ngày 12/01/2023'], null, '02/CTr', '2023-01-12', null],
    [['Danh mục đoàn ra'], null, null, null, null],
    [['Kế hoạch số 1/KH ngày 31/02/2023'], null, '1/KH', null, null],
  ])('%j', (lines, year, number, date, issuer) => {
    const title = readTitle(lines);
    expect([title.year, title.document.number, title.document.date, title.document.issuer]).toEqual([
      year,
      number,
      date,
      issuer,
    ]);
  });
});
