import type { signingAuthorityKinds } from '#contracts/official-document-kinds.js';
import type { SignatureBlock } from './official-document.js';

/**
 * Quyền hạn của người ký (Nghị định 30/2020/NĐ-CP, Điều 13 and Phụ lục I): head, KT. (a deputy for the head), TL. (by order of the head),
 * TUQ. (authorised by the head), Q. (acting head). A collective body adds TM. above.
 */
export type SigningAuthority = (typeof signingAuthorityKinds)[number];

export interface Signing {
  readonly form: 'state' | 'party';
  readonly authority: SigningAuthority;
  /** Name of the collective the signer stands for ("Ủy ban nhân dân", "Ban Thường vụ"); null when the head signs in their own right. */
  readonly collective: string | null;
  /** Position of the head: "Chủ tịch". */
  readonly headTitle: string;
  /** Position of who signs: "Phó Chủ tịch", "Chánh Văn phòng". */
  readonly signerTitle: string;
  readonly name: string;
  /** What this office writes above the signer's position instead of what its head's position makes of it: "KT. CHỦ TỊCH". */
  readonly ownLines?: Partial<Readonly<Record<Exclude<SigningAuthority, 'head'>, string>>>;
}

/** The first words of the lines of authority. Party documents write the authority with a stroke: T/M, K/T, T/L (Hướng dẫn 36-HD/VPTW). */
export const authorityMarks = {
  state: { TM: 'TM.', KT: 'KT.', TL: 'TL.', TUQ: 'TUQ.', Q: 'Q.' },
  party: { TM: 'T/M', KT: 'K/T', TL: 'T/L', TUQ: 'TUQ', Q: 'Q' },
} as const;

export function signatureBlock(signing: Signing): SignatureBlock {
  const { authority, collective, ownLines = {} } = signing;
  const marks = authorityMarks[signing.form];
  const head = capitals(signing.headTitle);
  const signer = capitals(signing.signerTitle);
  const lines = {
    head: [signer],
    KT: [ownLines.KT ?? `${marks.KT} ${head}`, signer],
    TL: [ownLines.TL ?? `${marks.TL} ${head}`, signer],
    TUQ: [ownLines.TUQ ?? `${marks.TUQ} ${head}`, signer],
    Q: [ownLines.Q ?? `${marks.Q} ${head}`],
  }[authority];
  const standsFor = collective !== null && authority !== 'TL' && authority !== 'TUQ';
  return {
    lines: standsFor ? [`${marks.TM} ${capitals(collective)}`, ...lines] : lines,
    name: signing.name,
  };
}

/** "Chủ tịch UBND tỉnh" is signed as "CHỦ TỊCH": the letterhead already says of what. */
export function titleForSignature(position: string): string {
  return position
    .replace(/\s+(UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân|Tỉnh ủy|Thành ủy)\b.*$/iu, '')
    .replace(/\s+(Sở|Ban|Văn phòng UBND|Văn phòng Tỉnh ủy)\s.*$/u, '')
    .trim();
}

/** "Phó Chủ tịch" → "Chủ tịch"; null for somebody who is no deputy. */
export function headTitleOfDeputy(position: string): string | null {
  const found = /^Phó\s+(.+)$/iu.exec(titleForSignature(position))?.[1];
  return found === undefined ? null : found.charAt(0).toUpperCase() + found.slice(1);
}

function capitals(text: string): string {
  return text.toLocaleUpperCase('vi');
}
