import { describe, expect, it } from '@jest/globals';
import { dateInWords, numberText, openDateInWords, shortDate } from './document-number.js';
import { amountInDigits, amountInWords, numberInWords } from './number-words.js';
import { headTitleOfDeputy, signatureBlock, titleForSignature } from './signature.js';

describe('numbers in words', () => {
  const table: readonly (readonly [number, string])[] = [
    [0, 'không'],
    [1, 'một'],
    [4, 'bốn'],
    [5, 'năm'],
    [10, 'mười'],
    [11, 'mười một'],
    [14, 'mười bốn'],
    [15, 'mười lăm'],
    [20, 'hai mươi'],
    [21, 'hai mươi mốt'],
    [24, 'hai mươi tư'],
    [25, 'hai mươi lăm'],
    [34, 'ba mươi tư'],
    [51, 'năm mươi mốt'],
    [55, 'năm mươi lăm'],
    [99, 'chín mươi chín'],
    [100, 'một trăm'],
    [101, 'một trăm linh một'],
    [105, 'một trăm linh năm'],
    [110, 'một trăm mười'],
    [111, 'một trăm mười một'],
    [115, 'một trăm mười lăm'],
    [121, 'một trăm hai mươi mốt'],
    [999, 'chín trăm chín mươi chín'],
    [1_000, 'một nghìn'],
    [1_001, 'một nghìn không trăm linh một'],
    [1_010, 'một nghìn không trăm mười'],
    [1_100, 'một nghìn một trăm'],
    [2_023, 'hai nghìn không trăm hai mươi ba'],
    [10_005, 'mười nghìn không trăm linh năm'],
    [21_000, 'hai mươi mốt nghìn'],
    [105_000, 'một trăm linh năm nghìn'],
    [1_000_000, 'một triệu'],
    [1_000_001, 'một triệu không trăm linh một'],
    [1_005_000, 'một triệu không trăm linh năm nghìn'],
    [450_000_000, 'bốn trăm năm mươi triệu'],
    [1_000_000_000, 'một tỷ'],
    [1_000_000_001, 'một tỷ không trăm linh một'],
    [1_200_500_000, 'một tỷ hai trăm triệu năm trăm nghìn'],
    [24_015_000_000, 'hai mươi tư tỷ không trăm mười lăm triệu'],
    [1_000_000_000_000, 'một nghìn tỷ'],
    [2_500_000_000_000, 'hai nghìn năm trăm tỷ'],
  ];

  it.each(table)('reads %d as "%s"', (value, words) => {
    expect(numberInWords(value)).toBe(words);
  });

  it('refuses what is no whole number from zero on', () => {
    for (const value of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      expect(() => numberInWords(value)).toThrow(RangeError);
  });

  it('has another reading for every number up to a hundred thousand', () => {
    const seen = new Set<string>();
    for (let value = 0; value <= 100_000; value += 1) seen.add(numberInWords(value));
    expect(seen.size).toBe(100_001);
  });
});

describe('amounts', () => {
  it.each([
    [450_000_000, 'VND', 'Bốn trăm năm mươi triệu đồng', '450.000.000 đồng'],
    [1_234.5, 'USD', 'Một nghìn hai trăm ba mươi tư đô la Mỹ và năm mươi xu', '1.234,50 USD'],
    [0.29, 'USD', 'Không đô la Mỹ và hai mươi chín xu', '0,29 USD'],
    [1_000, 'JPY', 'Một nghìn yên Nhật', '1.000 JPY'],
    [12, 'XAF', 'Mười hai XAF', '12 XAF'],
    [0, 'VND', 'Không đồng', '0 đồng'],
  ])('%d %s', (amount, currency, words, digits) => {
    expect(amountInWords(amount, currency)).toBe(words);
    expect(amountInDigits(amount, currency)).toBe(digits);
  });
});

describe('numbers and dates of documents', () => {
  it('gives a zero to numbers and days below ten and to January and February only', () => {
    expect(numberText({ number: 7, symbol: 'QĐ-UBND' }, 'state')).toBe('07/QĐ-UBND');
    expect(numberText({ number: 120, symbol: 'TTr/ĐU' }, 'party')).toBe('120-TTr/ĐU');
    expect(dateInWords('2023-02-05')).toBe('ngày 05 tháng 02 năm 2023');
    expect(dateInWords('2023-03-15')).toBe('ngày 15 tháng 3 năm 2023');
    expect(dateInWords('2023-12-01')).toBe('ngày 01 tháng 12 năm 2023');
    expect(shortDate('2023-02-05')).toBe('05/02/2023');
  });

  it('leaves number and day of a draft open', () => {
    expect(numberText({ number: null, symbol: 'SNgV-VP' }, 'state')).toMatch(/^\s+\/SNgV-VP$/);
    expect(openDateInWords('2023-03-15')).toMatch(/^ngày\s{3,}tháng 3 năm 2023$/);
  });
});

describe('the signature block', () => {
  const signing = { form: 'state', collective: null, headTitle: 'Chủ tịch', name: 'Lương Thị Bích' } as const;

  it('says by which authority somebody signs', () => {
    const lines = (more: Partial<Parameters<typeof signatureBlock>[0]>) =>
      signatureBlock({ ...signing, authority: 'head', signerTitle: 'Chủ tịch', ...more }).lines;
    expect(lines({})).toEqual(['CHỦ TỊCH']);
    expect(lines({ authority: 'KT', signerTitle: 'Phó Chủ tịch' })).toEqual(['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
    expect(lines({ authority: 'TL', signerTitle: 'Chánh Văn phòng' })).toEqual(['TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG']);
    expect(lines({ authority: 'TUQ', signerTitle: 'Giám đốc Sở Ngoại vụ' })).toEqual([
      'TUQ. CHỦ TỊCH',
      'GIÁM ĐỐC SỞ NGOẠI VỤ',
    ]);
    expect(lines({ authority: 'Q', headTitle: 'Giám đốc' })).toEqual(['Q. GIÁM ĐỐC']);
    expect(lines({ authority: 'KT', collective: 'Ủy ban nhân dân', signerTitle: 'Phó Chủ tịch' })).toEqual([
      'TM. ỦY BAN NHÂN DÂN',
      'KT. CHỦ TỊCH',
      'PHÓ CHỦ TỊCH',
    ]);
    expect(lines({ form: 'party', collective: 'Ban Thường vụ', signerTitle: 'Phó Bí thư' })).toEqual([
      'T/M BAN THƯỜNG VỤ',
      'PHÓ BÍ THƯ',
    ]);
  });

  it('takes the position without the body, which the letterhead names', () => {
    expect(titleForSignature('Phó Chủ tịch UBND tỉnh')).toBe('Phó Chủ tịch');
    expect(titleForSignature('Giám đốc')).toBe('Giám đốc');
    expect(headTitleOfDeputy('Phó Chủ tịch UBND tỉnh')).toBe('Chủ tịch');
    expect(headTitleOfDeputy('Phó Giám đốc Sở Ngoại vụ')).toBe('Giám đốc');
    expect(headTitleOfDeputy('Giám đốc')).toBeNull();
  });
});
