import { formatInstant } from '#libs/calendar';
import type { Answer, ReceivedMail } from './running-system.js';

/** Who listens to a journey: the walk-through prints it, the test keeps it. */
export interface Teller {
  chapter(title: string): void;
  /** Something was done. `state`: where the case stands now. */
  step(step: { at: Date; who: string; what: string; state: string }): void;
  deadline(deadline: { name: string; dueAt: Date; explanation: string }): void;
  refusal(refusal: { at: Date; who: string; what: string; answer: Answer }): void;
  /** Mails that left at one instant. */
  mails(mails: readonly ReceivedMail[]): void;
  note(text: string): void;
}

const width = 100;
const paint = (code: string) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;

/** A hundred columns; colours only for a terminal. */
export function printingTeller(write: (line: string) => void, { colour }: { colour: boolean }): Teller {
  const style = (code: string) => (colour ? paint(code) : (text: string) => text);
  const [bold, dim, red, green, yellow, blue] = ['1', '2', '31', '32', '33', '34'].map(style) as [
    Style,
    Style,
    Style,
    Style,
    Style,
    Style,
  ];
  const indented = (mark: string, text: string, look: Style) => {
    const lines = wrap(text, width - 22);
    lines.forEach((line, index) => {
      write(`${' '.repeat(18)}${index === 0 ? mark : ' '.repeat(mark.length)} ${look(line)}`);
    });
  };
  return {
    chapter: (title) => write(`\n${bold(`━━ ${title} ${'━'.repeat(Math.max(3, width - title.length - 4))}`)}`),
    step: ({ at, who, what, state }) => {
      write(`${dim(formatInstant(at))}  ${bold(what)} ${dim(`· ${who}`)}`);
      indented('→', state, green);
    },
    deadline: ({ name, dueAt, explanation }) =>
      indented('⏱', `${name}: ${formatInstant(dueAt)} = ${explanation}`, blue),
    refusal: ({ at, who, what, answer }) => {
      write(`${dim(formatInstant(at))}  ${red(`✗ ${what}`)} ${dim(`· ${who} · ${answer.status} ${answer.body.code}`)}`);
      for (const { text } of answer.body.rules ?? []) indented('✗', text.vi, red);
      for (const { text } of answer.body.findings ?? []) indented('·', text.vi, red);
      if (answer.body.missing?.length > 0)
        indented('·', `Còn thiếu: ${answer.body.missing.map(nameOf).join('; ')}`, red);
      if ((answer.body.rules ?? []).length === 0) indented('✗', answer.body.detail ?? answer.body.title, red);
    },
    mails: (mails) => {
      for (const { at, subject, to } of bySubject(mails)) {
        const [first = '', ...rest] = wrap(`${subject} → ${to.toSorted().join(', ')}`, width - 20);
        write(`${dim(formatInstant(at))}  ${yellow('✉')} ${first}`);
        for (const line of rest) write(`${' '.repeat(20)}${line}`);
      }
    },
    note: (text) => {
      for (const line of wrap(text, width)) write(line);
    },
  };
}

type Style = (text: string) => string;

function nameOf({ text }: { text: { vi: string } }): string {
  return text.vi.replace(/\.$/, '');
}

/** One line a subject: whom the same mail went to. */
function bySubject(mails: readonly ReceivedMail[]): { at: Date; subject: string; to: string[] }[] {
  const groups = new Map<string, { at: Date; subject: string; to: string[] }>();
  for (const { at, to, subject } of mails) {
    // Every subject begins with the case code; here there is one case.
    const short = subject.replace(/^\[[^\]]*\]\s*/, '');
    const group = groups.get(subject) ?? { at: new Date(at), subject: short, to: [] };
    group.to.push(to.replace('@tuyenquang.example', ''));
    groups.set(subject, group);
  }
  return [...groups.values()];
}

function wrap(text: string, columns: number): string[] {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
