import { randomBytes } from 'node:crypto';
import { text as readAll } from 'node:stream/consumers';
import { type Role, roles } from '#contracts/roles.js';
import { createPerson as addPerson } from '#libs/organisation';
import { type HouseCommand, type OptionValues, requiredOption, textOption, UsageError } from '../command.js';
import { provinceIdOf } from '../province.js';
import { pairs } from '../table.js';

const text = { type: 'string' } as const;

export const createPerson: HouseCommand = {
  name: 'person create',
  options: {
    name: text,
    email: text,
    organisation: text,
    title: text,
    rank: text,
    role: text,
    province: text,
    'password-stdin': { type: 'boolean' },
  },
  usage:
    '--name HỌ_TÊN --email ĐỊA_CHỈ --organisation MÃ [--role VAI_TRÒ[,…]] [--title CHỨC_VỤ] [--rank DIỆN] [--province MÃ] [--password-stdin]',
  summary: {
    vi: 'Thêm một người; không có --password-stdin thì mật khẩu được tạo và in ra một lần',
    en: 'Add a person; without --password-stdin a password is made and printed once',
  },
  async run(house, { options }) {
    const fullName = requiredOption(options, 'name');
    const email = requiredOption(options, 'email');
    const organisationCode = requiredOption(options, 'organisation');
    const wanted = rolesOf(options);
    const fromInput = options['password-stdin'] === true;
    const password = fromInput ? (await readAll(process.stdin)).trimEnd() : randomBytes(12).toString('base64url');
    const title = textOption(options, 'title');
    const position = { organisationCode, title: title ?? '', rank: textOption(options, 'rank') ?? 'unitManaged' };
    const { personId } = await house.unitOfWork.run(async (tx) =>
      addPerson(
        tx,
        {
          provinceId: await provinceIdOf(tx, textOption(options, 'province')),
          fullName,
          email,
          password,
          positions: title === undefined ? [] : [position],
          roles: wanted.map((role) => ({ organisationCode, role })),
        },
        house.clock,
      ),
    );
    const shown = fromInput ? {} : { password };
    const lines: [string, string][] = [
      ['Đã thêm', fullName],
      ['ID', personId],
      ['Thư điện tử', email],
      ...(fromInput ? [] : [['Mật khẩu', password] as [string, string]]),
    ];
    return { ok: true, data: { personId, email, ...shown }, text: pairs(lines) };
  },
};

function rolesOf(options: OptionValues): readonly Role[] {
  const given = (textOption(options, 'role') ?? '').split(',').filter((word) => word !== '');
  const known = (word: string): word is Role => (roles as readonly string[]).includes(word);
  const unknown = given.filter((word) => !known(word));
  if (unknown.length > 0)
    throw new UsageError(`Không có vai trò ${unknown.join(', ')}; các vai trò: ${roles.join(', ')}`);
  return given.filter(known);
}
