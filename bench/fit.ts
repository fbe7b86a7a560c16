/** npm run fit — fits a model of buying to a file of purchases; -h says how. */
import { runFit } from './lib/fit-command.ts';
import { readTransactions } from './lib/transactions.ts';

const { exitCode, out, problem } = runFit(process.argv.slice(2), readTransactions);
process.stdout.write(out);
process.stderr.write(problem);
process.exitCode = exitCode;
