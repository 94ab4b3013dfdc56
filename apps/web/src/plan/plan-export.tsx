import { useState } from 'react';
import type { PlanView } from '#contracts/plan.js';
import type { PlanColumnSet } from '#contracts/plan-export.js';
import type { Text } from '#contracts/text.js';
import { query } from '../api/client';
import { useLanguage } from '../language';

const words = {
  columns: { vi: 'Mẫu cột', en: 'Columns' },
  usual: { vi: 'Theo loại kế hoạch', en: 'By kind of plan' },
  download: { vi: 'Tải {format}', en: 'Download {format}' },
} as const satisfies Record<string, Text>;

const columnSets: Readonly<Record<PlanColumnSet, Text>> = {
  form04: { vi: 'Mẫu 04 (đoàn ra)', en: 'Form 04 (outbound)' },
  form04Unit: { vi: 'Mẫu 04 có đơn vị chủ trì', en: 'Form 04 with the unit' },
  form05: { vi: 'Mẫu 05 (đoàn vào)', en: 'Form 05 (inbound)' },
  form05Unit: { vi: 'Mẫu 05 có đơn vị chủ trì', en: 'Form 05 with the unit' },
  thaiNguyen2019: { vi: 'Thái Nguyên 2019', en: 'Thái Nguyên 2019' },
  tuyenQuang2020: { vi: 'Tuyên Quang 2020', en: 'Tuyên Quang 2020' },
  tuyenQuang2023: { vi: 'Tuyên Quang 2023', en: 'Tuyên Quang 2023' },
  tuyenQuangInbound2023: { vi: 'Tuyên Quang 2023, đoàn vào', en: 'Tuyên Quang 2023, inbound' },
};

/** The plan as a file in the columns of a form. */
export function PlanExport({ plan }: { readonly plan: PlanView }) {
  const { say } = useLanguage();
  const [columns, choose] = useState('');
  const file = (format: 'xlsx' | 'docx') =>
    `/api/v1/plans/${plan.id}/export${query({ columns: columns || undefined, format })}`;
  return (
    <span className="row">
      <select
        className="search medium"
        aria-label={say(words.columns)}
        value={columns}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{say(words.usual)}</option>
        {Object.entries(columnSets).map(([key, name]) => (
          <option key={key} value={key}>
            {say(name)}
          </option>
        ))}
      </select>
      {(['xlsx', 'docx'] as const).map((format) => (
        <a key={format} className="plain" href={file(format)} download>
          {say(words.download).replace('{format}', format.toUpperCase())}
        </a>
      ))}
    </span>
  );
}
