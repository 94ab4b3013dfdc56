import { AppError, errorCodes } from '#contracts/errors.js';
import { ConfigError, SystemNotRunningError } from '#libs/config';
import { readCall, usageOf } from './arguments.js';
import { type Command, type CommandInput, type CommandResult, UsageError } from './command.js';
import type { House } from './composition.js';

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** 0: done. 1: refused or failed. 2: the call was not understood. Standard output carries the answer and nothing else. */
export async function runCli(
  argv: readonly string[],
  given: { commands: readonly Command[]; openHouse: () => Promise<House>; output: Output },
): Promise<0 | 1 | 2> {
  const { commands, output } = given;
  const json = argv.includes('--json');
  try {
    const { command, input } = readCall(argv, commands);
    const result = command === 'help' ? help(commands) : await runCommand(command, given.openHouse, input);
    output.out(json ? JSON.stringify(result.data) : result.text);
    return result.ok ? 0 : 1;
  } catch (error) {
    const failure = describeFailure(error);
    if (json) output.out(JSON.stringify({ error: failure.data }));
    output.err(failure.text);
    return error instanceof UsageError ? 2 : 1;
  }
}

async function runCommand(
  command: Command,
  openHouse: () => Promise<House>,
  input: CommandInput,
): Promise<CommandResult> {
  if (command.alone) return command.run(input);
  const house = await openHouse();
  try {
    return await command.run(house, input);
  } finally {
    await house.close();
  }
}

function help(commands: readonly Command[]): CommandResult {
  const lines = commands.map((command) => `  ${usageOf(command)}\n      ${command.summary.vi}`);
  const text = [
    'Dòng lệnh của người vận hành Thông Hành.',
    '',
    'Cách dùng: npm run thong-hanh -- LỆNH [--json]',
    '',
    ...lines,
    '',
    '--json: in kết quả cho máy đọc (npm run -s thong-hanh -- … để npm không in thêm dòng nào).',
    'Mã thoát: 0 xong; 1 bị từ chối hoặc lỗi; 2 gõ sai lệnh.',
    'Cần hệ thống đang chạy (npm start), hoặc đặt DATABASE_URL.',
  ].join('\n');
  const data = commands.map((command) => ({ usage: usageOf(command), summary: command.summary }));
  return { ok: true, data, text };
}

/** Refusals and what a person can mend in one sentence; a fault keeps its stack. */
function describeFailure(error: unknown): { data: unknown; text: string } {
  if (error instanceof AppError) {
    const sentence = error.details.text ?? errorCodes[error.code].text;
    const fields = (error.details.fields ?? []).map((field) => `  ${field.path}: ${field.text.vi}`);
    return {
      data: { code: error.code, ...error.details, text: sentence },
      text: [`✗ ${sentence.vi} (${error.code})`, ...fields, `  ${sentence.en}`].join('\n'),
    };
  }
  if (error instanceof UsageError) return plain('USAGE', error.message);
  if (error instanceof SystemNotRunningError) return plain('NOT_RUNNING', error.message);
  if (error instanceof ConfigError)
    return { ...plain('CONFIG', error.message), data: { code: 'CONFIG', problems: error.problems } };
  if (isConnectionFailure(error)) {
    return plain(
      'DATABASE_UNREACHABLE',
      'Không kết nối được cơ sở dữ liệu. Kiểm tra DATABASE_URL, hoặc chạy npm start.\n  The database cannot be reached. Check DATABASE_URL, or run npm start.',
    );
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { data: { code: 'INTERNAL', text: errorCodes.INTERNAL.text }, text: `✗ ${stack}` };
}

function plain(code: string, message: string): { data: unknown; text: string } {
  return { data: { code, message }, text: `✗ ${message}` };
}

function isConnectionFailure(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', '28P01', '3D000'].includes(String(code));
}
