import { type RetentionClass, retentionTexts } from '#contracts/retention.js';
import { formatDay } from '#libs/calendar';
import { applyRetention, keyPeriodDays, retentionReport } from '#libs/privacy';
import { type HouseCommand, textOption } from '../command.js';
import { provinceIdOf } from '../province.js';
import { table } from '../table.js';

export const rotateDataKeys: HouseCommand = {
  name: 'data rotate-keys',
  summary: {
    vi: 'Mã hóa lại số hộ chiếu, ngày sinh, khóa xác thực hai bước bằng khóa đầu của DATA_KEYS, trong khi hệ thống vẫn chạy',
    en: 'Seal passport numbers, birth dates and second factors again with the first of DATA_KEYS, while the system runs',
  },
  async run(house) {
    const { resealed, inUse, firstKey } = await house.privacy.rotateKeys();
    const text = `Đã mã hóa lại ${resealed} giá trị bằng khóa ${firstKey}. Khóa còn dùng: ${inUse.join(', ') || 'không có'}; khóa khác có thể bỏ khỏi DATA_KEYS (bản sao lưu cũ vẫn cần khóa cũ).`;
    return { ok: true, data: { resealed, inUse, firstKey }, text };
  },
};

export const listKeys: HouseCommand = {
  name: 'data keys',
  summary: {
    vi: `Các khóa ký và khóa mã hóa: dùng từ bao giờ, khóa nào đến hạn đổi (${keyPeriodDays} ngày, giả định)`,
    en: `The keys that sign and seal: since when, and which are to be changed (${keyPeriodDays} days, an assumption)`,
  },
  async run(house) {
    const keys = await house.privacy.keyAges();
    const kinds = { signing: 'ký nhật ký', data: 'mã hóa dữ liệu' };
    const rows = keys.map(({ kind, id, since, inUse, changeBy, isDue }) => [
      kinds[kind],
      id,
      since && formatDay(since),
      inUse ? 'đang dùng' : 'khóa cũ',
      changeBy && `${formatDay(changeBy)}${isDue ? ' (đến hạn)' : ''}`,
    ]);
    return { ok: true, data: { items: keys }, text: table(['Khóa', 'Tên', 'Dùng từ', 'Hiện', 'Đổi trước'], rows) };
  },
};

export const retention: HouseCommand = {
  name: 'data retention',
  options: { apply: { type: 'boolean' }, province: { type: 'string' } },
  usage: '[--apply] [--province CODE]',
  summary: {
    vi: 'Dữ liệu giữ bao lâu và lần tới sẽ xóa gì; --apply: xóa ngay (tiến trình nền tự làm mỗi ngày)',
    en: 'How long what is kept and what the next run erases; --apply: erase now (the worker does so every day)',
  },
  async run(house, { options }) {
    const provinceId = await house.unitOfWork.run((tx) => provinceIdOf(tx, textOption(options, 'province')));
    if (options.apply === true) {
      const given = { provinceId, personId: null, requestId: null };
      const run = await applyRetention(house.privacy, given);
      const rows = Object.entries(run.erased).map(([name, count]) => [
        retentionTexts[name as RetentionClass].vi,
        `${count}`,
      ]);
      const text = rows.length === 0 ? 'Không có gì hết hạn.' : `Đã xóa:\n${table(['Loại dữ liệu', 'Số dòng'], rows)}`;
      return { ok: true, data: run, text };
    }
    const report = await retentionReport(house.privacy, provinceId);
    const rows = report.rules.map((rule) => [
      retentionTexts[rule.dataClass].vi,
      `${rule.keepDays}${rule.keepDays === rule.defaultDays ? ' (giả định)' : ''}`,
      `${rule.due}`,
    ]);
    const text = `${table(['Loại dữ liệu', 'Giữ (ngày)', 'Đã hết hạn'], rows)}\nChưa xóa gì; thêm --apply để xóa ngay.`;
    return { ok: true, data: report, text };
  },
};
