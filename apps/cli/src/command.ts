import type { ParseArgsConfig } from 'node:util';
import type { Text } from '#contracts/text.js';
import type { House } from './composition.js';

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandInput {
  readonly operands: readonly string[];
  readonly options: OptionValues;
}

/** What a command found or did. `ok: false` ends with status 1: the question was answered, and the answer is bad. */
export interface CommandResult {
  readonly ok: boolean;
  /** For machines, printed as JSON. */
  readonly data: unknown;
  /** For people, Vietnamese. */
  readonly text: string;
}

interface CommandShape {
  /** As typed: "plan preview". */
  readonly name: string;
  /** Names of what follows, in order; each is required. */
  readonly operands?: readonly string[];
  readonly options?: NonNullable<ParseArgsConfig['options']>;
  /** How the options are written in the help: "--as EMAIL". */
  readonly usage?: string;
  readonly summary: Text;
}

export interface HouseCommand extends CommandShape {
  readonly alone?: never;
  run(house: House, input: CommandInput): Promise<CommandResult>;
}

/** Needs no database: what it answers is in its input. */
export interface AloneCommand extends CommandShape {
  readonly alone: true;
  run(input: CommandInput): Promise<CommandResult>;
}

export type Command = HouseCommand | AloneCommand;

/** The call was not understood: status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text of an option, or undefined. */
export function textOption(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Throws UsageError when it is missing. */
export function requiredOption(options: OptionValues, name: string): string {
  const value = textOption(options, name);
  if (value === undefined || value === '') throw new UsageError(`Thiếu --${name} (missing --${name})`);
  return value;
}
