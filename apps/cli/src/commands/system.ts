import fs from 'node:fs/promises';
import path from 'node:path';
import { demoProvinceCode, seedDemoProvince } from '#libs/organisation';
import { type CommandResult, type HouseCommand, UsageError } from '../command.js';
import type { House } from '../composition.js';
import { table } from '../table.js';
import { rowsWithErrors } from './plan.js';

interface PreparedAccount {
  readonly email: string;
  readonly fullName: string;
  readonly title: string;
  readonly organisationCode: string;
  readonly roles: readonly string[];
  readonly password: string | null;
}

export const prepareSystem: HouseCommand = {
  name: 'system prepare',
  options: { demo: { type: 'boolean' } },
  usage: '[--demo]',
  summary: {
    vi: 'Cập nhật lược đồ dữ liệu; --demo: tạo tỉnh mẫu khi cơ sở dữ liệu còn trống và có DEMO_PASSWORD',
    en: 'Apply migrations; --demo: create the demo province in an empty database, given DEMO_PASSWORD',
  },
  async run(house, { options }) {
    const migrations = await house.migrate();
    const wantsDemo = options.demo === true && house.config.demoPassword !== undefined;
    const demo: PreparedDemo = wantsDemo ? await prepareDemo(house) : { created: false, accounts: [] };
    const text = [
      migrations.length === 0 ? 'Lược đồ đã đầy đủ.' : `Đã áp dụng: ${migrations.join(', ')}`,
      demo.created ? 'Đã tạo tỉnh mẫu.' : '',
    ];
    return { ok: true, data: { migrations, ...demo }, text: text.filter(Boolean).join('\n') };
  },
};

export const seedDemo: HouseCommand = {
  name: 'demo seed',
  summary: {
    vi: 'Tạo tỉnh mẫu và kế hoạch mẫu; làm lại không thêm gì. Cần DEMO_PASSWORD',
    en: 'Create the demo province and plan; a second call adds nothing. Needs DEMO_PASSWORD',
  },
  async run(house): Promise<CommandResult> {
    const demo = await prepareDemo(house);
    const rows = demo.accounts.map((account) => [account.email, account.fullName, account.title]);
    return { ok: true, data: demo, text: table(['Thư điện tử', 'Họ tên', 'Chức vụ'], rows) };
  },
};

interface PreparedDemo {
  readonly created: boolean;
  readonly accounts: readonly PreparedAccount[];
}

/** Safe to interrupt and to repeat: the people come in one transaction, the plan when the province has none yet. */
async function prepareDemo(house: House): Promise<PreparedDemo> {
  const password = house.config.demoPassword;
  if (password === undefined) throw new UsageError('Thiếu DEMO_PASSWORD (DEMO_PASSWORD is missing)');
  const demo = await house.unitOfWork.run(async (tx) => {
    const provinces: { code: string }[] = await tx.query('select code from provinces');
    // A database in use by a real province gets no invented people.
    if (provinces.length > 0 && !provinces.some(({ code }) => code === demoProvinceCode)) return null;
    return seedDemoProvince(tx, { password }, house.clock);
  });
  if (demo === null) return { created: false, accounts: [] };
  await importDemoPlan(house, demo.provinceId);
  return { created: demo.created, accounts: demo.accounts.map((account) => ({ ...account, password })) };
}

async function importDemoPlan(house: House, provinceId: string): Promise<void> {
  const principal = { operator: true, provinceId, personId: null } as const;
  if ((await house.plans.listPlans(principal)).length > 0) return;
  for (const file of house.demo.planFiles) {
    const bytes = await fs.readFile(file);
    const preview = await house.plans.previewPlan(principal, { name: path.basename(file), bytes });
    await house.plans.confirmPlan(principal, { previewId: preview.id, skipRows: rowsWithErrors(preview) });
  }
}
