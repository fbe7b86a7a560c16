/** npm run backtest:satisfaction — how well low ratings are predicted before anyone answers; -h says how. */
import { readFileSync, writeFileSync } from 'node:fs';
import { runSatisfaction } from './lib/satisfaction-command.ts';
import { olistFolder } from './lib/satisfaction-olist.ts';

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

const { exitCode, out, problem } = runSatisfaction(process.argv.slice(2), {
  read: (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (error) {
      throw new Error(`${path} cannot be read: ${reasonOf(error)}.`, { cause: error });
    }
  },
  write: (path, text) => {
    try {
      writeFileSync(path, text);
    } catch (error) {
      throw new Error(`${path} cannot be written: ${reasonOf(error)}.`, { cause: error });
    }
  },
  olist: olistFolder,
});
process.stdout.write(out);
process.stderr.write(problem);
process.exitCode = exitCode;
