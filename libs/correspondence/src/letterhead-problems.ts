import type { LetterheadContent, WrittenAuthority } from '#contracts/letterhead.js';
import type { Text } from '#contracts/text.js';
import { authorityMarks } from '#libs/documents';

interface FieldRefusal {
  readonly path: string;
  readonly text: Text;
}

/** What a letterhead must be beyond its shape, said to somebody who has it on paper beside the screen. Empty for one that may be used. */
export function letterheadProblems(content: LetterheadContent, form: 'state' | 'party'): FieldRefusal[] {
  const { symbol, letterSymbol, signatures, collective, headTitle, issuer, superior } = content;
  const marks = authorityMarks[form];
  const found: (FieldRefusal | null)[] = [
    isSymbol(symbol) ? null : at('symbol', symbolText),
    letterSymbol === null || isSymbol(letterSymbol) ? null : at('letterSymbol', symbolText),
    form === 'state' && letterSymbol === null ? at('letterSymbol', letterSymbolMissing) : null,
    form === 'party' && letterSymbol !== null ? at('letterSymbol', letterSymbolOfParty) : null,
    superior !== null && superior.toLocaleLowerCase('vi') === issuer.toLocaleLowerCase('vi')
      ? at('superior', superiorTwice)
      : null,
    startsWithMark(collective) ? at('collective', markInTitle) : null,
    startsWithMark(headTitle) ? at('headTitle', markInTitle) : null,
    ...Object.entries(signatures).map(([kind, { line }]) => {
      const mark = marks[kind as WrittenAuthority];
      if (line === null || line.startsWith(`${mark} `)) return null;
      return at(`signatures.${kind}.line`, markMissing(mark));
    }),
  ];
  return found.filter((one) => one !== null);
}

/** Letters of the alphabet, digits and the hyphen: what a number is told apart by. */
const isSymbol = (symbol: string) => /^[\p{L}\d]+(?:[-.][\p{L}\d]+)*$/u.test(symbol);
const startsWithMark = (title: string | null) => title !== null && /^(TM|KT|TL|TUQ|Q|T\/M|K\/T|T\/L)[.\s]/u.test(title);

const symbolText: Text = {
  vi: 'Ký hiệu chỉ gồm chữ, số và dấu gạch nối, như "SNgV" hay "SNgV-VP"; không ghi số văn bản, dấu "/" hay khoảng trắng.',
  en: 'A symbol is letters, digits and hyphens, like "SNgV" or "SNgV-VP"; no number, stroke or space.',
};
const letterSymbolMissing: Text = {
  vi: 'Công văn không có tên loại nên phải có ký hiệu riêng, như "SNgV-VP".',
  en: 'An official letter has no type code and needs a symbol of its own, like "SNgV-VP".',
};
const letterSymbolOfParty: Text = {
  vi: 'Văn bản của Đảng ghi "CV" trước ký hiệu, không có ký hiệu công văn riêng: để trống.',
  en: 'Party documents write "CV" before the symbol and have none of their own for letters: leave it empty.',
};
const superiorTwice: Text = {
  vi: 'Cơ quan chủ quản trùng với cơ quan ban hành: để trống nếu không có cơ quan chủ quản.',
  en: 'The superior is the issuer itself: leave it empty when there is none.',
};
const markInTitle: Text = {
  vi: 'Chỉ ghi tên, không ghi chữ viết tắt quyền hạn (TM., KT., …): phần mềm tự thêm khi soạn.',
  en: 'Only the name, without the mark of authority (TM., KT., …): it is added when a document is drafted.',
};
const markMissing = (mark: string): Text => ({
  vi: `Dòng này phải bắt đầu bằng "${mark} ", như "${mark} CHỦ TỊCH" (Nghị định 30/2020/NĐ-CP, Phụ lục I).`,
  en: `This line begins with "${mark} ", like "${mark} CHỦ TỊCH" (Nghị định 30/2020/NĐ-CP, Phụ lục I).`,
});

function at(path: string, text: Text): FieldRefusal {
  return { path: `content.${path}`, text };
}
