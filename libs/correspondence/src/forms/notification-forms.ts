import { decisionCitation, organisationName } from './decision-forms.js';
import type { Filling, Form } from './form.js';
import {
  cited,
  countryList,
  delegationPhrase,
  listed,
  memberTable,
  paragraph,
  sentence,
  tripItems,
} from './phrases.js';

/** Tờ trình in the form of the Party: what is asked of the standing members, with the facts they decide on. */
export function partySubmission(filling: Filling): Form {
  return { ...toParty(filling), code: 'TTr', title: 'TỜ TRÌNH', subject: partySubject(filling, 'V') };
}

/** The same as a công văn. */
export function partyLetter(filling: Filling): Form {
  return { ...toParty(filling), code: null, title: null, subject: partySubject(filling, 'v') };
}

function partySubject({ record }: Filling, first: 'V' | 'v'): string {
  const { content } = record.proposal;
  return `${first}ề việc cử ${content.delegationName} đi công tác tại ${countryList(content)}`;
}

function toParty(filling: Filling): Pick<Form, 'addressees' | 'body' | 'recipients'> {
  const { record, organisations, issuer } = filling;
  const { content } = record.proposal;
  const party = [...organisations.values()].find((one) => one.kind === 'party' && one.parentId === null);
  const committee = organisationName(filling, 'authorityId');
  const plan = record.plan === null ? 'ngoài kế hoạch năm' : `có trong Kế hoạch đoàn ra năm ${record.plan.year}`;
  return {
    addressees: [`Thường trực ${party?.shortName ?? 'Tỉnh ủy'}`],
    body: [
      paragraph(
        `Trên cơ sở đề nghị của ${organisationName(filling, 'unitId')} và kết quả thẩm định của ${organisationName(filling, 'focalId')}, ${issuer.letterhead.issuer} kính trình Thường trực ${party?.shortName ?? 'Tỉnh ủy'} xem xét, cho ý kiến về việc cử ${sentence(delegationPhrase(content))}`,
      ),
      paragraph(`Đoàn ${plan}. Cụ thể:`),
      ...tripItems(content),
      paragraph('Danh sách đoàn:'),
      memberTable(content),
      paragraph(
        `Sau khi có ý kiến của Thường trực ${party?.shortName ?? 'Tỉnh ủy'}, ${committee} ban hành quyết định cử đoàn theo thẩm quyền. Kính trình xem xét, cho ý kiến chỉ đạo.`,
      ),
    ],
    recipients: ['Như trên', organisationName(filling, 'focalId'), 'Lưu: VT'],
  };
}

/** Công văn thông báo Bộ Ngoại giao. */
export function mofaNotification(filling: Filling): Form {
  return notification(filling, {
    addressees: ['Bộ Ngoại giao (Cục Ngoại vụ, Cục Lãnh sự)'],
    request: 'Trân trọng thông báo để Bộ Ngoại giao biết, phối hợp và hỗ trợ đoàn trong quá trình công tác.',
  });
}

/** One letter for each country of the itinerary. `subject`: the country's ISO code, or its name where it has none. */
export function embassyNotification(filling: Filling): Form {
  const { record, subject } = filling;
  const country = contentOf(record).countries.find((one) => (one.code ?? one.name) === subject)?.name ?? '…';
  return notification(filling, {
    addressees: [`Đại sứ quán Việt Nam tại ${country}`],
    request: `Trân trọng đề nghị Đại sứ quán Việt Nam tại ${country} phối hợp, hỗ trợ đoàn trong quá trình chuẩn bị và làm việc tại sở tại.`,
  });
}

function notification(
  filling: Filling,
  { addressees, request }: { addressees: readonly string[]; request: string },
): Form {
  const { record, issuer } = filling;
  const content = contentOf(record);
  const leader = content.members.filter((member) => member.role === 'leader').map((member) => member.fullName);
  return {
    code: null,
    title: null,
    subject: `thông báo đoàn đi công tác tại ${countryList(content)}`,
    addressees,
    body: [
      paragraph(
        `${issuer.organisation.name} trân trọng thông báo: thực hiện Quyết định ${cited(decisionCitation(filling))} của ${organisationName(filling, 'authorityId')}, ${sentence(delegationPhrase(content))}`,
      ),
      ...tripItems(content),
      paragraph('Danh sách đoàn:'),
      memberTable(content),
      paragraph(`Đầu mối liên hệ: ${issuer.organisation.name}; Trưởng đoàn ${sentence(listed(leader))}`),
      paragraph(request),
    ],
    recipients: [
      'Như trên',
      `${organisationName(filling, 'authorityId')} (b/c)`,
      organisationName(filling, 'unitId'),
      'Lưu: VT, LS',
    ],
  };
}

/** After the decision others are told what was decided, not what is being edited. */
function contentOf(record: Filling['record']) {
  return record.decided ?? record.proposal.content;
}
