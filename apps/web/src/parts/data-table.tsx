import type { ReactNode } from 'react';
import { useLanguage } from '../language';
import { Bones, Empty } from './waiting';

export interface Column<Row> {
  readonly title: string;
  /** A number stands right; a date or a code does not break; what is read as sentences is not squeezed. */
  readonly kind?: 'number' | 'exact' | 'wide';
  readonly cell: (row: Row) => ReactNode;
}

/** A table on a desk, one card a row on a phone: the style sheet turns the one into the other. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  empty,
}: {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while it is being loaded. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly empty: ReactNode;
}) {
  if (rows === undefined) return <Bones />;
  if (rows.length === 0) return <Empty>{empty}</Empty>;
  return (
    <div className="grid-frame">
      <table className="grid" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.title} scope="col" className={column.kind}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column) => (
                <td key={column.title} className={column.kind} data-label={column.title}>
                  <div>{column.cell(row)}</div>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function MoreButton({ more, loading }: { readonly more: (() => void) | null; readonly loading: boolean }) {
  const { t } = useLanguage();
  if (more === null) return null;
  return (
    <p style={{ marginTop: 12 }}>
      <button type="button" className="quiet" disabled={loading} onClick={more}>
        {t('loadMore')}
      </button>
    </p>
  );
}
