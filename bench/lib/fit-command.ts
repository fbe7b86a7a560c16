/** The command `npm run fit`, but for the process around it. */
import { fitBgNbd } from '#app/domain/prediction/bg-nbd.ts';
import { fitGammaGamma } from '#app/domain/prediction/gamma-gamma.ts';
import { fitMbgNbd } from '#app/domain/prediction/mbg-nbd.ts';
import { countPurchases, countSpend } from '#app/domain/prediction/purchase-counts.ts';
import { dayOption, failed, readArgs, type CommandResult } from './command.ts';
import { rowsOf, type Transaction, type TransactionsOutcome } from './transactions.ts';

interface Fitted {
  parameters: Record<string, number>;
  logLikelihood: number;
  customers: number;
  converged: boolean;
  note: string | null;
  /** How the customers are to be understood. */
  of: string;
  enough: boolean;
}

const NAMES = { bgnbd: 'BG/NBD', mbgnbd: 'MBG/NBD', gammagamma: 'Gamma-Gamma' };
type ModelName = keyof typeof NAMES;
const UNIT_DAYS = { day: 1, week: 7, month: 365.25 / 12 };
type Unit = keyof typeof UNIT_DAYS;

export const FIT_HELP = `npm run fit -- --model MODEL --transactions FILE --end YYYY-MM-DD [--unit UNIT] [--json]

Fits a model of buying to a file of purchases by maximum likelihood.

  --model         ${Object.keys(NAMES).join(', ')}
  --transactions  CSV with a header that names customer_id, date (YYYY-MM-DD) and amount, or one of
                  CDNOW's own files (blank separated, with or without a header); columns currency,
                  test and staff (yes or no) count where they are there
  --end           the last day that counts; later rows are left out
  --unit          ${Object.keys(UNIT_DAYS).join(', ')}: the unit of time of alpha (week)
  --json          the result again, as one object on the last line
  -h, --help      this text

Purchases of one customer on one day are one purchase, of the sum of their amounts. An amount of 0 is a
purchase; a negative amount (a refund) is not; a missing amount is a purchase of unknown value. Gamma-Gamma
is fitted to customers with a repeat and a mean above 0, first purchases left out.
`;

/**
 * @param args what stands behind the command
 * @param read how a file becomes purchases
 */
export function runFit(args: readonly string[], read: (path: string) => TransactionsOutcome): CommandResult {
  const options = readOptions(args);
  if (options === 'help') return { exitCode: 0, out: FIT_HELP, problem: '' };
  if (typeof options === 'string') return failed(`${options} How to use it: npm run fit -- -h`);
  const { model, path, end, endDay, unit, json } = options;
  const log = read(path);
  if (log.outcome === 'refused') return failed(log.sentence);
  const later = log.transactions.filter(({ day }) => day > endDay);
  const counted = byCustomer(log.transactions.filter(({ day }) => day <= endDay));
  if (counted.size === 0) return failed(`Not enough data: nobody bought up to ${end}.`);
  const fitted = fit(model, [...counted.values()], endDay, UNIT_DAYS[unit]);
  if (!fitted.enough) return failed(`Not enough data for ${NAMES[model]}: ${fitted.note}`);
  const newcomers = new Set(later.map(({ customerId }) => customerId).filter((id) => !counted.has(id)));
  const remarks = [
    ...log.remarks,
    ...(later.length > 0
      ? [
          `${rowsOf(later.length)} after ${end} not counted; customers who first bought then: ${newcomers.size}.`,
        ]
      : []),
    ...(fitted.note ? [`Not converged. ${fitted.note}`] : []),
  ];
  const { parameters, logLikelihood, customers, converged, note } = fitted;
  const table = [
    ...Object.entries(parameters).map(([name, value]) => [name, value.toPrecision(7)]),
    ['log-likelihood', logLikelihood.toFixed(4)],
    ['customers', `${customers} (${fitted.of})`],
  ].map(([name, value]) => `  ${name!.padEnd(16)}${value}`);
  const title = model === 'gammagamma' ? NAMES[model] : `${NAMES[model]}, unit of time: ${unit}`;
  const lines = [`${title}, up to ${end}`, ...table, ...remarks];
  if (json) lines.push(JSON.stringify({ parameters, logLikelihood, customers, converged, note }));
  return { exitCode: 0, out: `${lines.join('\n')}\n`, problem: '' };
}

interface Options {
  model: ModelName;
  path: string;
  end: string;
  endDay: number;
  unit: Unit;
  json: boolean;
}

/** @returns a sentence for what is wrong with them */
function readOptions(args: readonly string[]): Options | 'help' | string {
  const given = readArgs(args, {
    model: { type: 'string' },
    transactions: { type: 'string' },
    end: { type: 'string' },
    unit: { type: 'string', default: 'week' },
  });
  if (typeof given === 'string') return given;
  const { model, transactions, end, unit, json } = given;
  if (!isKey(NAMES, model)) return `--model must be one of ${Object.keys(NAMES).join(', ')}.`;
  if (!transactions) return '--transactions must name a file.';
  const endDay = dayOption(end);
  if (endDay === null) return '--end must be a date that exists, as YYYY-MM-DD.';
  if (!isKey(UNIT_DAYS, unit)) return `--unit must be one of ${Object.keys(UNIT_DAYS).join(', ')}.`;
  return { model, path: transactions, end: end!, endDay, unit, json };
}

const isKey = <Table extends object>(table: Table, name: string | undefined): name is keyof Table & string =>
  name !== undefined && Object.hasOwn(table, name);

function byCustomer(transactions: readonly Transaction[]): Map<string, Transaction[]> {
  const groups = new Map<string, Transaction[]>();
  for (const transaction of transactions) {
    const group = groups.get(transaction.customerId);
    if (group) group.push(transaction);
    else groups.set(transaction.customerId, [transaction]);
  }
  return groups;
}

function fit(
  model: ModelName,
  histories: readonly Transaction[][],
  endDay: number,
  unitDays: number,
): Fitted {
  if (model === 'gammagamma') {
    const spends = histories.map((history) =>
      countSpend(
        history.map(({ day, amountMinor }) => ({
          day,
          value: amountMinor === null ? null : amountMinor / 100,
        })),
        endDay,
      ),
    );
    const result = fitGammaGamma(spends);
    const of = `with a repeat of known value above 0; ${result.leftOut} without`;
    return { ...result, parameters: { ...result.parameters }, of, enough: result.customers >= 2 };
  }
  const buyers = histories.flatMap((history) => {
    const counts = countPurchases(
      history.map(({ day }) => day),
      endDay,
      unitDays,
    );
    return counts ? [counts] : [];
  });
  const result = model === 'bgnbd' ? fitBgNbd(buyers) : fitMbgNbd(buyers);
  const { customers, repeaters } = result;
  return {
    ...result,
    parameters: { ...result.parameters },
    of: `${repeaters} bought again`,
    enough: customers >= 2 && repeaters > 0,
  };
}
