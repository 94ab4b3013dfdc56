import { createHash } from 'node:crypto';
import type { ProposalContent, ProposalMember, ProposalPatch } from '#contracts/proposal.js';
import { proposalContent } from '#contracts/proposal.js';
import type { Text } from '#contracts/text.js';
import { searchKey } from '#libs/organisation';
import { canonicalJson } from '#libs/runtime';

/**
 * What an approval is bound to: sha256, hex, over the content as JSON with sorted keys. Two contents have one digest exactly when
 * every field a person could read is the same; case code, revision and dossier are outside.
 */
export function digestOf({ handledOutside, ...content }: ProposalContent): string {
  const covered = handledOutside ? { ...content, handledOutside } : content;
  return createHash('sha256').update(canonicalJson(covered)).digest('hex');
}

/** The content after an edit. A field that is absent from the patch stays; a list is replaced as a whole. */
export function applyPatch(content: ProposalContent, patch: ProposalPatch): ProposalContent {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const after = proposalContent.parse({ ...content, ...given });
  return after.handledOutside ? outsideContent(after) : after;
}

export const outsideName = 'Đoàn công tác (nội dung xử lý ngoài hệ thống)';

/** What is kept of a proposal whose content is classified: its days, which the deadlines are counted from. */
function outsideContent({ departureDate, returnDate }: ProposalContent): ProposalContent {
  return proposalContent.parse({ delegationName: outsideName, departureDate, returnDate, handledOutside: true });
}

export function emptyContent(delegationName: string): ProposalContent {
  return proposalContent.parse({ delegationName });
}

export function leaderOf(content: Pick<ProposalContent, 'members'>): ProposalMember | undefined {
  return content.members.find((member) => member.role === 'leader');
}

export function searchNameOf({ caseCode, content }: { caseCode: string; content: ProposalContent }): string {
  const leader = leaderOf(content);
  const countries = content.countries.map((country) => country.name);
  return searchKey(
    [caseCode, content.delegationName, leader?.fullName, leader?.position, ...countries].filter(Boolean).join(' '),
  );
}

/** `DR` (đoàn ra), year, running number of the province: "DR-2023-0007". */
export function formatCaseCode({ year, number }: { year: number; number: number }): string {
  return `DR-${year}-${String(number).padStart(4, '0')}`;
}

export interface MissingField {
  readonly path: string;
  readonly text: Text;
}

/**
 * What a proposal still lacks before a unit head can sign it: the fields of Mẫu 04 and the declaration on state secrets
 * (DOMAIN 8, 13). Documents are the profile's matter, not this function's.
 */
export function missingFields({ content, inPlan }: { content: ProposalContent; inPlan: boolean }): MissingField[] {
  const missing: MissingField[] = [];
  const ask = (condition: boolean, path: string, vi: string, en: string) => {
    if (condition && (!content.handledOutside || path === 'departureDate')) missing.push({ path, text: { vi, en } });
  };
  const leaders = content.members.filter((member) => member.role === 'leader');
  const unnamed = content.members.findIndex((member) => member.fullName === '' || member.position === '');
  ask(content.purpose === '', 'purpose', 'Chưa ghi mục đích chuyến đi.', 'The purpose of the trip is missing.');
  ask(leaders.length !== 1, 'members', 'Đoàn phải có đúng một trưởng đoàn.', 'A delegation has exactly one leader.');
  ask(
    unnamed >= 0,
    `members.${unnamed}`,
    `Thành viên thứ ${unnamed + 1} chưa đủ họ tên, chức vụ.`,
    `Member ${unnamed + 1} lacks a full name or a position.`,
  );
  ask(content.countries.length === 0, 'countries', 'Chưa ghi nước đến.', 'The countries are missing.');
  ask(
    content.departureDate === null || content.returnDate === null,
    'departureDate',
    'Chưa ghi ngày đi, ngày về.',
    'The departure and return dates are missing.',
  );
  ask(content.content === '', 'content', 'Chưa ghi nội dung hoạt động.', 'The programme is missing.');
  ask(content.funding.length === 0, 'funding', 'Chưa ghi nguồn kinh phí.', 'The source of funding is missing.');
  ask(
    !inPlan && content.outOfPlanJustification === '',
    'outOfPlanJustification',
    'Đoàn ngoài kế hoạch phải nêu lý do.',
    'A trip out of plan needs its justification.',
  );
  ask(
    !content.noStateSecrets,
    'noStateSecrets',
    'Chưa cam đoan hồ sơ không chứa bí mật nhà nước.',
    'The declaration that the dossier holds no state secrets is missing.',
  );
  return missing;
}
