/** npm run backtest:satisfaction — how well low ratings are predicted before anyone answers; -h says how. */
import { readText, writeText } from './lib/files.ts';
import { runSatisfaction } from './lib/satisfaction-command.ts';
import { olistFolder } from './lib/satisfaction-olist.ts';

const { exitCode, out, problem } = runSatisfaction(process.argv.slice(2), {
  read: readText,
  write: writeText,
  olist: olistFolder,
  // Beside the result, which may go to a file.
  progress: (line) => void process.stderr.write(`${line}\n`),
});
process.stdout.write(out);
process.stderr.write(problem);
process.exitCode = exitCode;
