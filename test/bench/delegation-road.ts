/** The road of a plain trip from the unit's draft to the decision: nine decisions by seven people. */
export const officials = [
  'chuyenvien.skhdt',
  'giamdoc.skhdt',
  'thamdinh.sngv',
  'giamdoc.sngv',
  'chutich.ubnd',
  'thuongtruc.tinhuy',
  'vanthu.vpubnd',
] as const;
export type Official = (typeof officials)[number];

interface RoadStep {
  readonly by: Official;
  readonly body: { readonly type: string; readonly [field: string]: unknown };
}

const document = { number: '51/SNgV-VP', date: '2026-01-12' };

/** `signerId`: who leads the authority. Levels are asked in the order of the demo profile. */
export function roadOf({ signerId }: { signerId: string }): readonly RoadStep[] {
  return [
    { by: 'chuyenvien.skhdt', body: { type: 'SUBMIT' } },
    { by: 'giamdoc.skhdt', body: { type: 'SIGN_SUBMIT', document } },
    { by: 'thamdinh.sngv', body: { type: 'RECEIVE' } },
    { by: 'thamdinh.sngv', body: { type: 'ACCEPT_DOSSIER' } },
    { by: 'thamdinh.sngv', body: { type: 'FORWARD', recommendation: 'approve' } },
    { by: 'giamdoc.sngv', body: { type: 'APPROVE', document } },
    { by: 'chutich.ubnd', body: { type: 'APPROVE', document } },
    { by: 'thuongtruc.tinhuy', body: { type: 'APPROVE', document } },
    { by: 'vanthu.vpubnd', body: { type: 'ISSUE_DECISION', document, signerId } },
  ];
}

/** The officer may send it, no state on the road takes it. */
export const misfit: RoadStep = { by: 'chuyenvien.skhdt', body: { type: 'RESUBMIT' } };

/** Nobody the province knows travels, so that one trip does not use up another's limits. */
export function proposalOf(
  number: number,
  { departureDate, returnDate }: { departureDate: string; returnDate: string },
) {
  return {
    delegationName: `Đoàn công tác số ${number}`,
    capacity: 'Đoàn Sở Kế hoạch và Đầu tư',
    purposeKind: 'promotion',
    purpose: 'Xúc tiến đầu tư',
    members: [
      { fullName: 'Người Mẫu Một', position: 'Phó Giám đốc', organisation: 'Sở Kế hoạch và Đầu tư', role: 'leader' },
      { fullName: 'Người Mẫu Hai', position: 'Chuyên viên', organisation: 'Sở Kế hoạch và Đầu tư', role: 'member' },
    ],
    countries: [{ code: 'LA', name: 'Lào' }],
    departureDate,
    returnDate,
    dayCount: 5,
    partners: 'Sở Kế hoạch và Đầu tư tỉnh bạn',
    content: 'Trao đổi kinh nghiệm xúc tiến đầu tư.',
    funding: [{ source: 'socialised', label: 'Xã hội hóa', amount: 50_000_000, paidBy: 'vietnam' }],
    outOfPlanJustification: 'Theo thư mời mới nhận của đối tác.',
    noStateSecrets: true,
  };
}
