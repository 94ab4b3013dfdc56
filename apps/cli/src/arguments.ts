import { parseArgs } from 'node:util';
import { type Command, type CommandInput, UsageError } from './command.js';

export interface Call {
  readonly command: Command | 'help';
  readonly input: CommandInput;
  readonly json: boolean;
}

/** Finds the command and its arguments. Throws UsageError with what was not understood. */
export function readCall(argv: readonly string[], commands: readonly Command[]): Call {
  const json = argv.includes('--json');
  const rest = argv.filter((word) => word !== '--json');
  const empty = { operands: [], options: {} };
  if (rest.length === 0 || ['help', '--help', '-h'].includes(rest[0] ?? '') || rest.includes('--help')) {
    return { command: 'help', input: empty, json };
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, at) => rest[at] === word));
  if (command === undefined) {
    const typed = rest.slice(0, 2).join(' ');
    throw new UsageError(
      `Không có lệnh "${typed}". Xem các lệnh: npm run thong-hanh -- help (there is no such command)`,
    );
  }
  return { command, input: readInput(command, rest.slice(command.name.split(' ').length)), json };
}

function readInput(command: Command, args: string[]): CommandInput {
  const wanted = command.operands ?? [];
  const { values, positionals } = parse(command, args);
  if (positionals.length !== wanted.length) {
    throw new UsageError(
      `Lệnh "${command.name}" cần ${wanted.length === 0 ? 'không tham số nào' : wanted.join(' ')}; nhận được ${positionals.length} tham số. Cách dùng: ${usageOf(command)}`,
    );
  }
  return { operands: positionals, options: values as CommandInput['options'] };
}

function parse(command: Command, args: string[]): { values: object; positionals: string[] } {
  try {
    return parseArgs({ args, options: command.options ?? {}, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\nCách dùng (usage): ${usageOf(command)}`, { cause: error });
  }
}

export function usageOf(command: Command): string {
  return [command.name, ...(command.operands ?? []), command.usage].filter(Boolean).join(' ');
}
