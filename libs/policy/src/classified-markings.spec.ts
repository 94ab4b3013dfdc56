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
  '',
])('%j carries none', (text) => {
  expect(classifiedMarkings([text])).toEqual([]);
});

test('a number ending in -m is likely classified', () => {
  const secret = ['341/BNG-CNV-m', '12/BC-MẬT', '5/TTr (tối mật)'];
  expect(classifiedNumbers([...secret, '51/SNgV-VP', '12/BC-TM', '7/BC-BMM'])).toEqual(secret);
});
