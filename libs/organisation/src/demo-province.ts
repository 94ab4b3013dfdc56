import { randomUUID } from 'node:crypto';
import type { OrganisationKind } from '#contracts/organisation.js';
import type { MemberRank } from '#contracts/ranks.js';
import type { Role } from '#contracts/roles.js';
import type { CalendarDay, Clock } from '#libs/calendar';
import type { Tx } from '#libs/persistence';
import { createOrganisation } from './organisations.js';
import { createPerson } from './people.js';
import { ProvinceEntity } from './province.entity.js';

export const demoProvinceCode = 'TQ';
/** Before every plan of the demo, so that the walk-through can play in any of their years. */
const since: CalendarDay = '2019-01-01';

interface DemoOrganisation {
  readonly code: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly shortName: string;
  readonly parent: string | null;
}

const organisations: readonly DemoOrganisation[] = [
  org('TINHUY', 'party', 'Tỉnh ủy Tuyên Quang', 'Tỉnh ủy', null),
  org('UBND', 'peoplesCommittee', 'Ủy ban nhân dân tỉnh Tuyên Quang', 'UBND tỉnh', null),
  org('VPUBND', 'office', 'Văn phòng Ủy ban nhân dân tỉnh', 'Văn phòng UBND', 'UBND'),
  org('SNGV', 'department', 'Sở Ngoại vụ', 'Sở Ngoại vụ', 'UBND'),
  org('STC', 'department', 'Sở Tài chính', 'Sở Tài chính', 'UBND'),
  org('SKHDT', 'department', 'Sở Kế hoạch và Đầu tư', 'Sở KH&ĐT', 'UBND'),
  org('SVHTTDL', 'department', 'Sở Văn hóa, Thể thao và Du lịch', 'Sở VHTT&DL', 'UBND'),
  org('BTCTU', 'party', 'Ban Tổ chức Tỉnh ủy', 'Ban Tổ chức', 'TINHUY'),
  org('CAT', 'department', 'Công an tỉnh Tuyên Quang', 'Công an tỉnh', 'UBND'),
];

export interface DemoAccount {
  readonly email: string;
  readonly fullName: string;
  readonly title: string;
  readonly organisationCode: string;
  readonly roles: readonly Role[];
}

interface DemoPerson extends DemoAccount {
  readonly rank: MemberRank;
}

/** Invented people, marked "(mẫu)"; the addresses end in a name that cannot exist (RFC 2606, section 2: .example). */
const people: readonly DemoPerson[] = [
  person('chutich.ubnd', 'Hoàng Minh Quang', 'UBND', 'Chủ tịch UBND tỉnh', 'centralManaged', ['leader']),
  // Decides when the chairman is the one who travels: nobody approves their own trip.
  person('phochutich.ubnd', 'Lương Thị Bích', 'UBND', 'Phó Chủ tịch UBND tỉnh', 'centralManaged', ['leader']),
  // Leads the office and is no leader of the province: where the reminders of a late decision end.
  person('chanhvanphong.vpubnd', 'Tống Văn Khải', 'VPUBND', 'Chánh Văn phòng', 'standingCommitteeManaged', ['leader']),
  person('vanthu.vpubnd', 'Lý Thị Hạnh', 'VPUBND', 'Văn thư', 'unitManaged', ['clerk']),
  person('thuongtruc.tinhuy', 'Nông Văn Thành', 'TINHUY', 'Thường trực Tỉnh ủy', 'centralManaged', ['leader']),
  person('giamdoc.sngv', 'Ma Thị Ngọc Lan', 'SNGV', 'Giám đốc', 'standingCommitteeManaged', ['leader', 'unitHead']),
  person('thamdinh.sngv', 'Trần Đức Bình', 'SNGV', 'Chuyên viên Phòng Lãnh sự', 'unitManaged', ['reviewer']),
  person('thamdinh2.sngv', 'Đỗ Thu Hằng', 'SNGV', 'Chuyên viên Phòng Hợp tác quốc tế', 'unitManaged', [
    'reviewer',
    'unitOfficer',
  ]),
  person('vanthu.sngv', 'Phùng Thị Mai', 'SNGV', 'Văn thư', 'unitManaged', ['clerk']),
  person('quantri.sngv', 'Vũ Anh Tuấn', 'SNGV', 'Quản trị hệ thống', 'unitManaged', ['administrator']),
  person('thanhtra.sngv', 'Bàn Văn Sơn', 'SNGV', 'Chánh Thanh tra', 'unitManaged', ['inspector']),
  person('chuyenvien.skhdt', 'Nguyễn Thị Thảo', 'SKHDT', 'Chuyên viên Phòng Kinh tế đối ngoại', 'unitManaged', [
    'unitOfficer',
  ]),
  person('giamdoc.skhdt', 'Lê Hồng Phong', 'SKHDT', 'Giám đốc', 'standingCommitteeManaged', ['unitHead']),
  person('chuyenvien.stc', 'Hà Thị Nhung', 'STC', 'Chuyên viên', 'unitManaged', ['unitOfficer']),
  person('giamdoc.stc', 'Quan Văn Dũng', 'STC', 'Giám đốc', 'standingCommitteeManaged', ['unitHead']),
  person('thamdinh.stc', 'Phạm Thanh Tùng', 'STC', 'Chuyên viên Phòng Ngân sách', 'unitManaged', ['reviewer']),
  person('chuyenvien.svhttdl', 'Triệu Thị Yến', 'SVHTTDL', 'Chuyên viên', 'unitManaged', ['unitOfficer']),
  person('giamdoc.svhttdl', 'Âu Thế Hùng', 'SVHTTDL', 'Giám đốc', 'standingCommitteeManaged', ['unitHead']),
  person('thamdinh.btctu', 'Đặng Quốc Việt', 'BTCTU', 'Chuyên viên', 'unitManaged', ['reviewer']),
  person('thamdinh.cat', 'Chu Văn Hải', 'CAT', 'Cán bộ Phòng Quản lý xuất nhập cảnh', 'unitManaged', ['reviewer']),
];

export const demoAccounts: readonly DemoAccount[] = people.map(({ rank: _, ...account }) => account);

export interface DemoProvince {
  readonly provinceId: string;
  /** False: it was there already and nothing was changed, the passwords neither. */
  readonly created: boolean;
  readonly accounts: readonly DemoAccount[];
}

/** Creates the demo province once; a second call changes nothing. `password`: the same for every account. */
export async function seedDemoProvince(tx: Tx, given: { password: string }, clock: Clock): Promise<DemoProvince> {
  const row = { id: randomUUID(), code: demoProvinceCode, name: 'Tỉnh Tuyên Quang (mẫu)' };
  // Two processes may start at once: the second waits here for the first and then finds its row.
  await tx.createQueryBuilder().insert().into(ProvinceEntity).values(row).orIgnore().execute();
  const { id: provinceId } = await tx.findOneByOrFail(ProvinceEntity, { code: demoProvinceCode });
  if (provinceId !== row.id) return { provinceId, created: false, accounts: demoAccounts };
  const ids = new Map<string, string>();
  for (const { parent, ...organisation } of organisations) {
    const parentId = parent === null ? null : (ids.get(parent) ?? null);
    const { organisationId } = await createOrganisation(tx, { ...organisation, provinceId, parentId, from: since });
    ids.set(organisation.code, organisationId);
  }
  for (const { fullName, email, organisationCode, title, rank, roles } of people) {
    await createPerson(
      tx,
      {
        provinceId,
        fullName,
        email,
        password: given.password,
        positions: [{ organisationCode, title, rank }],
        roles: roles.map((role) => ({ organisationCode, role })),
        from: since,
      },
      clock,
    );
  }
  return { provinceId, created: true, accounts: demoAccounts };
}

function org(
  code: string,
  kind: OrganisationKind,
  name: string,
  shortName: string,
  parent: string | null,
): DemoOrganisation {
  return { code, kind, name, shortName, parent };
}

function person(
  mailbox: string,
  name: string,
  organisationCode: string,
  title: string,
  rank: MemberRank,
  roles: readonly Role[],
): DemoPerson {
  return { email: `${mailbox}@tuyenquang.example`, fullName: `${name} (mẫu)`, organisationCode, title, rank, roles };
}
