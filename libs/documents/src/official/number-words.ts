const digits = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
/** Of each group of three digits, the lowest first; from a thousand billions on the names repeat with "tỷ". */
const scales = ['', 'nghìn', 'triệu'] as const;
const billion = 1_000_000_000;

/** A whole number from 0 to 9,007,199,254,740,991 as it is read: 1005 → "một nghìn không trăm linh năm". Throws RangeError beyond. */
export function numberInWords(value: number): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`No whole number from 0 on: ${value}`);
  if (value === 0) return digits[0];
  return words(value, false).join(' ');
}

/** full: a group with higher groups before it says its zeros ("không trăm linh năm"). */
function words(value: number, full: boolean): string[] {
  if (value >= billion) {
    const high = Math.floor(value / billion);
    const low = value % billion;
    return [...words(high, full), 'tỷ', ...(low === 0 ? [] : words(low, true))];
  }
  const said: string[] = [];
  for (let scale = 2; scale >= 0; scale -= 1) {
    const group = Math.floor(value / 1000 ** scale) % 1000;
    if (group === 0) continue;
    said.push(...groupWords(group, full || said.length > 0));
    const name = scales[scale];
    if (name) said.push(name);
  }
  return said;
}

/** 1..999. */
function groupWords(group: number, full: boolean): string[] {
  const [hundreds, tens, ones] = [Math.floor(group / 100), Math.floor(group / 10) % 10, group % 10];
  const said: string[] = [];
  if (hundreds > 0 || full) said.push(digits[hundreds]!, 'trăm');
  if (tens === 0) {
    if (ones > 0 && said.length > 0) said.push('linh');
  } else if (tens === 1) said.push('mười');
  else said.push(digits[tens]!, 'mươi');
  const onesText = onesWord(ones, tens);
  return onesText === null ? said : [...said, onesText];
}

/** mốt after hai mươi …, tư after hai mươi …, lăm after mười and … mươi. */
function onesWord(ones: number, tens: number): string | null {
  if (ones === 0) return null;
  if (ones === 1 && tens > 1) return 'mốt';
  if (ones === 4 && tens > 1) return 'tư';
  if (ones === 5 && tens > 0) return 'lăm';
  return digits[ones]!;
}

/** Main unit and hundredth of the currencies that occur; another code is written as it is. */
const currencies: Readonly<Record<string, { readonly unit: string; readonly hundredth: string | null }>> = {
  VND: { unit: 'đồng', hundredth: null },
  USD: { unit: 'đô la Mỹ', hundredth: 'xu' },
  EUR: { unit: 'euro', hundredth: 'xu' },
  GBP: { unit: 'bảng Anh', hundredth: 'xu' },
  JPY: { unit: 'yên Nhật', hundredth: null },
  KRW: { unit: 'won Hàn Quốc', hundredth: null },
  CNY: { unit: 'nhân dân tệ', hundredth: 'phân' },
  LAK: { unit: 'kíp Lào', hundredth: null },
};

/** "Bốn trăm năm mươi triệu đồng". amount: in whole units, two decimals at most, not negative. */
export function amountInWords(amount: number, currency: string): string {
  const { unit, hundredth } = currencies[currency] ?? { unit: currency, hundredth: 'phần trăm' };
  const whole = hundredth === null ? Math.round(amount) : Math.floor(amount + 1e-9);
  const rest = hundredth === null ? 0 : Math.round((amount - whole) * 100);
  const said = `${numberInWords(whole)} ${unit}${rest > 0 ? ` và ${numberInWords(rest)} ${hundredth}` : ''}`;
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** "450.000.000 đồng", "1.234,50 USD": dots between thousands, a comma before the decimals. */
export function amountInDigits(amount: number, currency: string): string {
  const [whole = '0', decimals = '00'] = amount.toFixed(2).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  const shown = decimals === '00' ? grouped : `${grouped},${decimals}`;
  return currency === 'VND' ? `${shown} đồng` : `${shown} ${currency}`;
}
