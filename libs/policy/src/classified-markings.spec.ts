import { expect, test } from '@jest/globals';
import { classifiedMarkings, classifiedNumbers } from '#libs/policy';

test.each([
  ['MẬT', ['MẬT']],
  ['Tối mật', ['TỐI MẬT']],
  ['TUYỆT  MẬT', ['TUYỆT MẬT']],
  ['độ mật : tối mật', ['TỐI MẬT']],
  ['Kế hoạch (mật)', ['MẬT']],
  // Typed with combining marks.
  ['TỐI MẬT'.normalize('NFD'), ['TỐI MẬT']],
  ['dấu mật: Mật', ['MẬT']],
  ['TUYỆT_MẬT', ['TUYỆT MẬT']],
  ['tối-mật', ['TỐI MẬT']],
  ['tối\u00a0mật', ['TỐI MẬT']],
  ['TỐI\u200b MẬT\u00ad', ['TỐI MẬT']],
  ['ＭẬＴ', ['MẬT']],
  ['Độ mật：Mật', ['MẬT']],
  ['T Ố I  M Ậ T', ['TỐI MẬT']],
  ['T\nU\nY\nỆ\nT\nM\nẬ\nT', ['TUYỆT MẬT']],
  ['TUYET MAT', ['TUYỆT MẬT']],
  ['BAO CAO (TOI MAT)', ['TỐI MẬT']],
])('%j carries %j', (text, found) => {
  expect(classifiedMarkings([text])).toEqual(found);
});

test.each([
  'Hợp tác về bảo mật và mật mã dân sự',
  'TĂNG CƯỜNG QUAN HỆ MẬT THIẾT',
  'LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC',
  'HỘI THẢO BẢO MẬT THÔNG TIN',
  'Mật độ dân số, mật ong Tuyên Quang',
  'Đoàn thăm chính thức',
  'Ban toi mat lien lac; format MAT; Toi Mat',
  'cấp độ bảo-mật',
  '',
])('%j carries none', (text) => {
  expect(classifiedMarkings([text])).toEqual([]);
});

test('the name of a file is read without diacritics in any letters', () => {
  expect(classifiedMarkings(['ke-hoach_toi-mat.pdf', 'Tuyet mat.docx'], true)).toEqual(['TỐI MẬT', 'TUYỆT MẬT']);
  expect(classifiedMarkings(['matthew-toimat.pdf', 'mat.pdf', 'bao_mat.pdf'], true)).toEqual([]);
});

test('a number ending in -m is likely classified', () => {
  const secret = [
    '341/BNG-CNV-m',
    '12/BC-MẬT',
    '5/TTr (tối mật)',
    '12/QĐ-UBND-M',
    '7/BNG‑m',
    '12/BC-MẬT'.normalize('NFD'),
  ];
  expect(classifiedNumbers([...secret, '51/SNgV-VP', '12/BC-TM', '7/BC-BMM'])).toEqual(secret);
});
