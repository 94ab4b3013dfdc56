/**
 * A document of an office as people read it, before it becomes a file. `state`: Nghị định 30/2020/NĐ-CP, Phụ lục I. `party`: Hướng dẫn
 * 36-HD/VPTW (2018) as far as its layout is known here; sizes marked [BG] in our sources are settings of this room, not law.
 */
export interface OfficialDocument {
  readonly form: 'state' | 'party';
  readonly letterhead: Letterhead;
  /** Null for a page that carries no number of its own. */
  readonly reference: DocumentNumber | null;
  /** YYYY-MM-DD; null while the document is a draft: the day is left open as on paper. */
  readonly date: string | null;
  /** The year and month a draft is shown with. */
  readonly draftedOn: string;
  /** Tên loại in capitals ("QUYẾT ĐỊNH"); null for a công văn, whose subject then stands under the number as "V/v …". */
  readonly title: string | null;
  /** Trích yếu. */
  readonly subject: string;
  /** Who decides, in capitals between the subject and the bases of a decision; null otherwise. */
  readonly authorityLine: string | null;
  /** "Kính gửi"; empty for a decision. */
  readonly addressees: readonly string[];
  readonly body: readonly Block[];
  readonly signature: SignatureBlock;
  /** "Nơi nhận", without the leading dash and the closing semicolon. */
  readonly recipients: readonly string[];
  readonly annexes: readonly Annex[];
}

export interface Letterhead {
  /** The body above; null for one that has none on its letterhead. */
  readonly superior: string | null;
  readonly issuer: string;
  /** Địa danh: "Tuyên Quang". */
  readonly place: string;
}

export interface DocumentNumber {
  /** Null while a draft. */
  readonly number: number | null;
  /** Ký hiệu after the number: "QĐ-UBND", "SNgV-VP", "TTr/ĐU". */
  readonly symbol: string;
}

export interface SignatureBlock {
  /** Capitals, top first: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH". */
  readonly lines: readonly string[];
  readonly name: string;
}

export interface Annex {
  readonly title: string;
  /** Lines; `{reference}` becomes "số … ngày …" of the document it goes with. */
  readonly subtitle: string | null;
  /** For tables with many columns; Nghị định 30/2020/NĐ-CP, Phụ lục I allows it for them. */
  readonly landscape?: boolean;
  readonly body: readonly Block[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string; readonly italic?: boolean; readonly bold?: boolean }
  /** "QUYẾT ĐỊNH:" between the bases and the articles. */
  | { readonly kind: 'centred'; readonly text: string }
  /** "Điều 1. …": the label is bold. */
  | { readonly kind: 'article'; readonly label: string; readonly text: string }
  | { readonly kind: 'item'; readonly text: string }
  | TableBlock;

export interface TableBlock {
  readonly kind: 'table';
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
}

export interface TableColumn {
  readonly header: string;
  /** Share of the width of the page. */
  readonly share: number;
  readonly align?: 'left' | 'centre' | 'right';
}
