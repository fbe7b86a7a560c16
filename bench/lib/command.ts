/** What the commands for analysts share: how they read their options, and how they end. */
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { dayOf } from './transactions.ts';

/** What the process prints on its two streams, and how it ends. */
export interface CommandResult {
  exitCode: 0 | 1;
  out: string;
  problem: string;
}

/** @param problem a sentence */
export const failed = (problem: string): CommandResult => ({ exitCode: 1, out: '', problem: `${problem}\n` });

/** Every command gives its result as JSON too, and explains itself. */
const COMMON = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** @returns the values by option; 'help'; or a sentence for what is wrong with them */
export function readArgs<Config extends ParseArgsOptionsConfig>(args: readonly string[], options: Config) {
  try {
    const { values } = parseArgs({ args: withNegatives(args, options), options: { ...options, ...COMMON } });
    return (values as { help?: boolean }).help ? 'help' : values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const named = /'(?:-\w, )?(--[\w-]+)/.exec(message)?.[1];
    if (
      named &&
      error instanceof Error &&
      'code' in error &&
      error.code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
    )
      return message.includes('does not take')
        ? `${named} takes no value.`
        : `${named} needs a value behind it.`;
    // The first sentence names the option; the rest explains a way to pass it on that nobody needs here.
    return `${message.split(/\. |\n/)[0]!.replace(/\.$/, '')}.`;
  }
}

/** "--days -5" as "--days=-5": a number with a minus is a value, for the command to judge, and no option. */
function withNegatives(args: readonly string[], options: ParseArgsOptionsConfig): string[] {
  const joined: string[] = [];
  for (const arg of args) {
    const before = joined.at(-1)?.replace(/^--/, '') ?? '';
    const takes = Object.hasOwn(options, before) && options[before]!.type === 'string';
    if (takes && /^-\.?\d/.test(arg)) joined.push(`${joined.pop()}=${arg}`);
    else joined.push(arg);
  }
  return joined;
}

/** The number of a day given as YYYY-MM-DD; null: it is none that exists. */
export const dayOption = (text = ''): number | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) ? dayOf(text) : null;
