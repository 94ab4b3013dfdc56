import type { ProposalContent } from '#contracts/proposal.js';
import { tripReport as reportSchema, type TripReport } from '#contracts/trip-report.js';
import { formatDay } from '#libs/calendar';
import { amountInDigits, type Block } from '#libs/documents';
import type { Filling, Form } from './form.js';
import { countryList, dayCountOf, delegationPhrase, moneyLines, paragraph, period, sentence } from './phrases.js';

/** Báo cáo kết quả chuyến đi: what was approved beside what happened, meetings, agreements, what follows (DOMAIN 6). */
export function tripReport(filling: Filling): Form {
  const { record, organisations } = filling;
  const content = record.decided ?? record.proposal.content;
  const { authorityId, focalId } = record.context.organisations;
  const authority = organisations.get(authorityId)?.name ?? 'Ủy ban nhân dân tỉnh';
  const focal = organisations.get(focalId)?.name ?? 'Sở Ngoại vụ';
  const written = record.words.get('SUBMIT_REPORT');
  const report = reportSchema.safeParse(written?.report).data ?? null;
  const summary = written?.summary;
  return {
    code: 'BC',
    title: 'BÁO CÁO',
    subject: `Kết quả chuyến công tác tại ${countryList(content)} của ${content.delegationName}`,
    addressees: [authority, focal],
    body: [
      paragraph(`Thực hiện quyết định cử đoàn, ${sentence(delegationPhrase(content))}`),
      paragraph('1. Thực hiện so với nội dung được duyệt:'),
      comparison({ filling, content, report }),
      ...(report?.deviations ? [paragraph(`Lý do thay đổi: ${sentence(report.deviations)}`)] : []),
      paragraph('2. Các cuộc làm việc và kết quả:'),
      ...(report?.meetings ?? []).map(meeting),
      paragraph(typeof summary === 'string' ? sentence(summary) : '…'),
      paragraph('3. Thỏa thuận đã ký:'),
      ...agreements(report),
      paragraph('4. Kiến nghị, đề xuất:'),
      ...proposals(filling, report),
      ...(report?.lessons ? [paragraph(`Kinh nghiệm: ${sentence(report.lessons)}`)] : []),
    ],
    recipients: ['Như trên', 'Lưu: VT'],
  };
}

function comparison(given: { filling: Filling; content: ProposalContent; report: TripReport | null }): Block {
  const { filling, content, report } = given;
  const { departedOn, returnedOn } = filling.record.context;
  const travelled = { departureDate: departedOn, returnDate: returnedOn, dayCount: null };
  const spent = report?.actual.costs.map(({ amount, currency }) => amountInDigits(amount, currency)) ?? [];
  return {
    kind: 'table',
    columns: [
      { header: 'Nội dung', share: 2 },
      { header: 'Được duyệt', share: 4 },
      { header: 'Thực hiện', share: 4 },
    ],
    rows: [
      ['Thời gian', period(content), period({ ...content, ...travelled })],
      ['Số ngày', String(dayCountOf(content)), String(report?.actual.days ?? dayCountOf(travelled))],
      ['Số người', String(content.members.length), String(report?.actual.people ?? content.members.length)],
      ['Kinh phí', moneyLines(content).join('\n'), spent.length === 0 ? '…' : spent.join('\n')],
    ],
  };
}

function meeting({ date, place, partner, content }: TripReport['meetings'][number]): Block {
  const where = place === '' ? '' : ` tại ${place}`;
  return { kind: 'item', text: sentence(`Ngày ${formatDay(date)}${where}, làm việc với ${partner}: ${content}`) };
}

function agreements(report: TripReport | null): Block[] {
  if (report === null || report.agreements.length === 0) return [paragraph('Không.')];
  return report.agreements.map(({ title, partner, signedOn, term }): Block => {
    const when = signedOn === null ? '' : `, ký ngày ${formatDay(signedOn)}`;
    return { kind: 'item', text: sentence(`${title} với ${partner}${when}${term === '' ? '' : `, thời hạn ${term}`}`) };
  });
}

/** Each with the one agency that leads it and its day. */
function proposals({ organisations }: Filling, report: TripReport | null): Block[] {
  if (report === null || report.followUps.length === 0) return [paragraph('Không.')];
  return report.followUps.map(({ task, organisationId, dueDate }): Block => {
    const who = organisations.get(organisationId)?.name ?? '…';
    return {
      kind: 'item',
      text: sentence(`${task}. Cơ quan chủ trì: ${who}; hoàn thành trước ngày ${formatDay(dueDate)}`),
    };
  });
}
