import type { CaseView } from '#contracts/case.js';
import type { AmendmentDifference } from '#contracts/official-documents.js';
import type { Text } from '#contracts/text.js';
import { useAmendment } from '../api/official-documents';
import { useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';

const texts = {
  title: { vi: 'Điều chỉnh so với quyết định', en: 'Changes to the decision' },
  item: { vi: 'Nội dung', en: 'Item' },
  before: { vi: 'Theo quyết định', en: 'By the decision' },
  after: { vi: 'Điều chỉnh thành', en: 'Changed to' },
  nothing: {
    vi: 'Chưa sửa nội dung nào so với quyết định.',
    en: 'Nothing differs from the decision yet.',
  },
  onTheSpot: {
    vi: '1 nội dung thay đổi: xác nhận ngay trên quyết định đã có.',
    en: '1 item is changed: it is confirmed on the decision itself.',
  },
  newDecision: {
    vi: '{n} nội dung thay đổi: phải ban hành quyết định mới.',
    en: '{n} items are changed: a new decision must be issued.',
  },
  source: { vi: 'Căn cứ: Thông tư 08/2025/TT-BNG', en: 'Source: Thông tư 08/2025/TT-BNG' },
} satisfies Record<string, Text>;

const decided = ['notification', 'trip'];

/** What differs from the decision in force, item by item, and which way the number of items sends it. */
export function Amendment({ view }: { readonly view: CaseView }) {
  const { say } = useLanguage();
  const isDecided = view.status === 'active' && view.states.some(({ id }) => decided.includes(id));
  const { data } = useAmendment({ caseId: view.id, version: view.version, wanted: isDecided });
  if (!isDecided || data === undefined || data.route === 'none') return null;
  const columns: Column<AmendmentDifference>[] = [
    { title: say(texts.item), cell: (row) => say(row.text) },
    { title: say(texts.before), kind: 'wide', cell: (row) => <del className="sentence">{say(row.before)}</del> },
    { title: say(texts.after), kind: 'wide', cell: (row) => <ins className="sentence">{say(row.after)}</ins> },
  ];
  const route = say(texts[data.route]).replace('{n}', String(data.count));
  return (
    <Panel title={say(texts.title)}>
      <div className="stack">
        <div>
          <strong>{route}</strong>
          <div className="muted">{say(texts.source)}</div>
        </div>
        <DataTable
          label={say(texts.title)}
          columns={columns}
          rows={data.differences}
          rowKey={(row) => row.field}
          empty={say(texts.nothing)}
        />
      </div>
    </Panel>
  );
}
