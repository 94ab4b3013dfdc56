// docs/workflow.md: the states, events, deadlines and rules of the delegation workflow as tables, from the machine's outline.
const relationNames = {
  unit: 'đơn vị đề xuất',
  focal: 'cơ quan đầu mối',
  currentStep: 'cấp đang xem xét',
  decidedStep: 'cấp đã đồng ý và văn thư của cấp đó',
  consulted: 'cơ quan được hỏi',
  decisionOffice: 'văn phòng ban hành quyết định',
  authority: 'cấp quyết định',
  member: 'thành viên đoàn',
};
const roleNames = {
  unitOfficer: 'chuyên viên',
  unitHead: 'thủ trưởng',
  reviewer: 'chuyên viên',
  leader: 'lãnh đạo',
  clerk: 'văn thư',
};

export function describeWorkflow({ outline, holderOf, permittedFor, ruleText, taskNames, deadlineTexts }) {
  const { states, transitions } = outline();
  const events = [...new Set(transitions.filter(({ event }) => !event.isDeadline).map(({ event }) => event.type))];
  const rulesUsed = [...new Set(transitions.flatMap(({ rules }) => rules))].sort();
  return [
    '# The outbound-delegation workflow',
    '',
    'Generated from `workflows/outbound-delegation` by `node scripts/statechart.mjs`; do not edit. Five phases, drawn below, each a',
    'compound state of the machine. Numbers of days are not here: they are settings of a province, each with its source.',
    '',
    '![The five phases of a delegation, drawn from the machine](statechart.svg)',
    '',
    '## States',
    '',
    'A task opens when a state is entered and closes when it is left. A deadline that passes marks the case overdue and moves nobody,',
    'except where the events table says so.',
    '',
    ...table(
      ['State', 'Tên', 'Name', 'Task (holder)', 'Deadlines'],
      states.map((state) => [
        code(state.id),
        state.text.vi,
        state.text.en,
        state.tasks.map((kind) => `${taskNames[kind].vi} (${who(holderOf(kind))})`).join('; '),
        state.deadlines.map(code).join(', '),
      ]),
    ),
    '',
    '## Events',
    '',
    'What is not listed is refused. A guard that says no answers with its sentence (see Rules).',
    '',
    ...table(
      ['Event', 'Tên', 'Who may', 'From → to', 'Rules'],
      events.map((type) => eventRow(type, transitions, permittedFor)),
    ),
    '',
    '## Deadlines',
    '',
    ...table(
      ['Deadline', 'Tên', 'Armed in', 'When it passes'],
      Object.entries(deadlineTexts).map(([name, text]) => [
        code(name),
        text.vi,
        states
          .filter(({ deadlines }) => deadlines.includes(name))
          .map(({ id }) => code(id))
          .join(', '),
        passing(name, transitions),
      ]),
    ),
    '',
    '## Rules',
    '',
    'Sentences people read when an event is refused. A rule without a source is an assumption of this product.',
    '',
    ...table(
      ['Rule', 'Câu trả lời', 'Source'],
      rulesUsed.map((name) => [code(name), ruleText(name).text.vi, ruleText(name).source ?? 'giả định']),
    ),
    '',
  ].join('\n');
}

function eventRow(type, transitions, permittedFor) {
  const mine = transitions.filter(({ event }) => event.type === type);
  return [
    code(type),
    mine[0].event.text.vi,
    permittedFor(type).map(who).join('; '),
    mine.map(({ from, to }) => `${code(from)} → ${to.length > 0 ? to.map(code).join(' / ') : 'stays'}`).join('<br>'),
    [...new Set(mine.flatMap(({ rules }) => rules))].map(code).join(', '),
  ];
}

function passing(name, transitions) {
  const moves = transitions.filter(({ event, to }) => event.type === name && to.length > 0);
  if (moves.length === 0) return 'marked overdue';
  return moves
    .map(
      ({ to, rules }) => `→ ${to.map(code).join(' / ')}${rules.length > 0 ? ` if ${rules.map(code).join(', ')}` : ''}`,
    )
    .join('<br>');
}

function who({ role, relation }) {
  return [roleNames[role], relationNames[relation]].filter(Boolean).join(' ');
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)];
}

function code(text) {
  return `\`${text}\``;
}
