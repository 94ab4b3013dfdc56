import { checkTripFigures, countTrips, recountTrips } from '#libs/reporting';
import type { HouseCommand } from '../command.js';

/** Names of cases shown to a person; a machine gets all. */
const shown = 20;

export const checkFigures: HouseCommand = {
  name: 'figures check',
  summary: {
    vi: 'Tính lại số liệu báo cáo của mọi đoàn từ hồ sơ gốc và so với số liệu đang lưu',
    en: 'Count every trip of the reports again out of the cases and compare with what is kept',
  },
  async run(house) {
    const check = await house.unitOfWork.run(checkTripFigures);
    const { trips, counted, missing, different } = check;
    const ok = missing === 0 && different.length === 0;
    const verdict = ok ? '✓ Khớp' : '✗ KHÔNG khớp; chạy: npm run thong-hanh -- figures recount';
    const codes = different.length === 0 ? '' : `\nKhác: ${different.slice(0, shown).join(', ')}`;
    const text = `${verdict} (${trips} hồ sơ, ${counted} đã tính, ${missing} thiếu dòng, ${different.length} khác).${codes}`;
    return { ok, data: check, text };
  },
};

export const recountFigures: HouseCommand = {
  name: 'figures recount',
  summary: {
    vi: 'Bỏ số liệu báo cáo đang lưu của các đoàn và tính lại tất cả, trong khi hệ thống vẫn chạy',
    en: 'Throw the kept figures of the trips away and count all of them again, while the system runs',
  },
  async run(house) {
    await house.unitOfWork.run(recountTrips);
    let counting = await countTrips(house.unitOfWork);
    while (counting === 'more') counting = await countTrips(house.unitOfWork);
    // What is busy now the worker counts a moment later; a report counts it by itself until then.
    const text = counting === 'all' ? 'Đã tính lại.' : 'Đã bỏ số liệu cũ; tiến trình nền tính tiếp phần còn lại.';
    return { ok: true, data: { counted: counting === 'all' }, text };
  },
};
