/** npm run backtest — how good predictions of orders would have been on a file of purchases; -h says how. */
import { runBacktest } from './lib/backtest-command.ts';
import { readTransactions } from './lib/transactions.ts';

const { exitCode, out, problem } = runBacktest(process.argv.slice(2), readTransactions);
process.stdout.write(out);
process.stderr.write(problem);
process.exitCode = exitCode;
