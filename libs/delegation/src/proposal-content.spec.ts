import { describe, expect, it } from '@jest/globals';
import { type ProposalContent, proposalContent } from '#contracts/proposal.js';
import { contentFromPlanItem } from './from-plan-item.js';
import { applyPatch, digestOf, emptyContent, missingFields, searchNameOf } from './proposal-content.js';

const complete: ProposalContent = proposalContent.parse({
  delegationName: 'Đoàn công tác tỉnh Tuyên Quang',
  purpose: 'Xúc tiến đầu tư',
  members: [{ fullName: 'Nguyễn Văn Mẫu', position: 'Chủ tịch', role: 'leader' }],
  countries: [{ code: 'JP', name: 'Nhật Bản' }],
  departureDate: '2023-03-06',
  returnDate: '2023-03-10',
  content: 'Làm việc với tỉnh Gunma',
  funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh' }],
  noStateSecrets: true,
});

describe('the digest of a proposal', () => {
  it('does not depend on the order in which fields were written', () => {
    const reversed = Object.fromEntries(Object.entries(complete).reverse()) as ProposalContent;
    expect(digestOf(reversed)).toBe(digestOf(complete));
  });

  it('changes with the itinerary order', () => {
    const there = {
      ...complete,
      countries: [
        { code: 'DE', name: 'Đức' },
        { code: 'FR', name: 'Pháp' },
      ],
    };
    const back = {
      ...complete,
      countries: [
        { code: 'FR', name: 'Pháp' },
        { code: 'DE', name: 'Đức' },
      ],
    };
    expect(digestOf(there)).not.toBe(digestOf(back));
  });

  it('stays what stored approvals are bound to', () => {
    expect(digestOf(complete)).toBe('6b1889b04d3d03a8abf7bf7adf650bfa3b23d8b19b097e6846487996907268f0');
  });
});

describe('an edit', () => {
  it('keeps what it does not name and replaces a list as a whole', () => {
    const edited = applyPatch(complete, { countries: [{ code: 'KR', name: 'Hàn Quốc' }] });
    expect(edited.countries).toEqual([{ code: 'KR', name: 'Hàn Quốc' }]);
    expect(edited.members).toEqual(complete.members);
  });
});

describe('what a proposal lacks', () => {
  it('is nothing when the fields of Mẫu 04 are filled', () => {
    expect(missingFields({ content: complete, inPlan: true })).toEqual([]);
  });

  it('names each field of an empty draft, and the justification only out of plan', () => {
    const paths = (inPlan: boolean) =>
      missingFields({ content: emptyContent('Đoàn'), inPlan }).map((missing) => missing.path);
    expect(paths(true)).toEqual([
      'purpose',
      'members',
      'countries',
      'departureDate',
      'content',
      'funding',
      'noStateSecrets',
    ]);
    expect(paths(false)).toContain('outOfPlanJustification');
  });

  it('asks for exactly one leader, with a name', () => {
    const two = { ...complete, members: [complete.members[0]!, complete.members[0]!] };
    expect(missingFields({ content: two, inPlan: true }).map((missing) => missing.path)).toEqual(['members']);
    const unnamed = { ...complete, members: [{ ...complete.members[0]!, fullName: '' }] };
    expect(missingFields({ content: unnamed, inPlan: true }).map((missing) => missing.path)).toEqual(['members.0']);
  });
});

describe('a content from a plan line', () => {
  const line = {
    name: 'Đoàn công tác tỉnh Tuyên Quang',
    capacity: null,
    head: 'Chủ tịch Ủy ban nhân dân tỉnh',
    countries: [{ code: 'JP', name: 'Nhật Bản', detail: null }],
    partners: null,
    content: 'Làm việc',
    days: 5,
    includesTravel: null,
    funding: 'Ngân sách tỉnh và xã hội hóa',
  };

  it('takes the leader by position and splits mixed funding', () => {
    const content = contentFromPlanItem(line);
    expect(content.members).toEqual([
      { personId: null, fullName: '', organisation: '', position: 'Chủ tịch Ủy ban nhân dân tỉnh', role: 'leader' },
    ]);
    expect(content.funding.map((row) => row.source)).toEqual(['stateBudget', 'socialised']);
    expect(content).toMatchObject({ dayCount: 5, includesTravelDays: true });
  });

  it('can be found without diacritics by code, leader and country', () => {
    const key = searchNameOf({ caseCode: 'DR-2023-0001', content: contentFromPlanItem(line) });
    expect(key).toBe('dr-2023-0001 doan cong tac tinh tuyen quang chu tich uy ban nhan dan tinh nhat ban');
  });
});
