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
    'print-link': { type: 'boolean' },
  },
  usage:
    '--name HỌ_TÊN --email ĐỊA_CHỈ --organisation MÃ [--role VAI_TRÒ[,…]] [--title CHỨC_VỤ] [--rank DIỆN] [--province MÃ] [--print-link]',
  summary: {
    vi: 'Thêm một người và gửi thư mời tự đặt mật khẩu; --print-link in liên kết ra một lần, khi chưa có máy chủ thư',
    en: 'Add a person and mail them a link to set their password; --print-link prints it once, where there is no mail yet',
  },
  async run(house, { options }) {
    const fullName = requiredOption(options, 'name');
    const email = requiredOption(options, 'email');
    const organisationCode = requiredOption(options, 'organisation');
    const wanted = rolesOf(options);
    const title = textOption(options, 'title');
    const position = { organisationCode, title: title ?? '', rank: textOption(options, 'rank') ?? 'unitManaged' };
    const byMail = options['print-link'] !== true;
    const { personId, link } = await house.unitOfWork.run(async (tx) => {
      const provinceId = await provinceIdOf(tx, textOption(options, 'province'));
      const person = {
        ...{ provinceId, fullName, email, password: null },
        positions: title === undefined ? [] : [position],
        roles: wanted.map((role) => ({ organisationCode, role })),
      };
      const added = await addPerson(tx, person, house.clock);
      return { ...added, link: await house.invite(tx, { ...added, provinceId, byMail }) };
    });
    return {
      ok: true,
      data: { personId, email, ...link },
      text: pairs([...shown({ fullName, personId, email }), ...told(link)]),
    };
  },
};

function shown({ fullName, personId, email }: Record<'fullName' | 'personId' | 'email', string>): [string, string][] {
  return [
    ['Đã thêm', fullName],
    ['ID', personId],
    ['Thư điện tử', email],
  ];
}

function told(link: { readonly invited: 'mail' | 'link' | 'provider'; readonly url?: string }): [string, string][] {
  if (link.invited === 'provider') return [['Đăng nhập', 'qua tài khoản của tỉnh (LOCAL_SIGN_IN=off)']];
  if (link.url === undefined) return [['Thư mời', 'đã xếp vào hàng gửi; người này tự đặt mật khẩu']];
  return [['Liên kết, dùng một lần', link.url]];
}

function rolesOf(options: OptionValues): readonly Role[] {
  const given = (textOption(options, 'role') ?? '').split(',').filter((word) => word !== '');
  const known = (word: string): word is Role => (roles as readonly string[]).includes(word);
  const unknown = given.filter((word) => !known(word));
  if (unknown.length > 0)
    throw new UsageError(`Không có vai trò ${unknown.join(', ')}; các vai trò: ${roles.join(', ')}`);
  return given.filter(known);
}
