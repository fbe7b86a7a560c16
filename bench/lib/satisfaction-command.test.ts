import { describe, expect, test } from 'vitest';
import { simulatedDeliveries } from '#tests/factories/deliveries.ts';
import { runSatisfaction, SATISFACTION_HELP, type SatisfactionFiles } from './satisfaction-command.ts';
import { ordersFromOlist, type ReadTable } from './satisfaction-olist.ts';
import { ORDER_COLUMNS, parseOrders } from './satisfaction-orders.ts';

const text = (date: Date | null) => (date ? date.toISOString() : '');
const csv = (orders: number, answered = 1) =>
  [
    ORDER_COLUMNS.join(','),
    ...simulatedDeliveries({ orders, seed: 3, strength: 1, answered }).map(({ record, low }) =>
      [
        record.id,
        text(record.orderedAt),
        text(record.promisedAt),
        text(record.shippedAt),
        text(record.deliveredAt),
        record.items,
        record.valueMinor! / 100,
        record.freightMinor! / 100,
        record.category,
        record.seller,
        record.region,
        low === null ? '' : low ? 1 : 5,
      ].join(','),
    ),
  ].join('\n');

const TABLES: Record<string, Record<string, string>[]> = {
  'olist_orders_dataset.csv': [
    order('o1', 'delivered', '2018-01-05 10:00:00'),
    order('o2', 'delivered', '2018-01-06 10:00:00'),
    order('o3', 'shipped', ''),
    order('o4', 'delivered', ''),
  ],
  'olist_customers_dataset.csv': [{ customer_id: 'c-o1', customer_state: 'SP' }],
  'product_category_name_translation.csv': [
    { product_category_name: 'livros', product_category_name_english: 'books' },
  ],
  'olist_products_dataset.csv': [
    { product_id: 'p1', product_category_name: 'livros' },
    { product_id: 'p2', product_category_name: 'artes' },
  ],
  'olist_order_items_dataset.csv': [
    item('o1', 'p2', 's2', '10.10', '1.05'),
    item('o1', 'p1', 's1', '20.20', '2.00'),
    item('o1', 'p1', 's1', '20.20', '2.00'),
    item('o2', 'p2', 's2', '5', '0'),
    item('o4', 'p2', 's2', '5', '0'),
  ],
  'olist_order_reviews_dataset.csv': [
    { order_id: 'o1', review_score: '1', review_answer_timestamp: '2018-01-20 10:00:00' },
    { order_id: 'o1', review_score: '5', review_answer_timestamp: '2018-01-09 10:00:00' },
  ],
};
function order(id: string, status: string, delivered: string): Record<string, string> {
  return {
    order_id: id,
    customer_id: `c-${id}`,
    order_status: status,
    order_purchase_timestamp: '2018-01-01 09:00:00',
    order_estimated_delivery_date: '2018-01-10 00:00:00',
    order_delivered_carrier_date: '2018-01-02 00:00:00',
    order_delivered_customer_date: delivered,
  };
}
function item(order_id: string, product_id: string, seller_id: string, price: string, freight_value: string) {
  return { order_id, product_id, seller_id, price, freight_value };
}
const table: ReadTable = (file) => TABLES[file]!;

const files = (
  content: string,
  written = new Map<string, string>(),
  stages: string[] = [],
): SatisfactionFiles => ({
  progress: (line) => void stages.push(line),
  read: (path) => {
    if (path !== 'orders.csv') throw new Error(`${path} cannot be read: no such file.`);
    return content;
  },
  write: (path, out) => void written.set(path, out),
  olist: () => table,
});

test('-h says how', () => {
  for (const flag of ['-h', '--help'])
    expect(runSatisfaction([flag], files(''))).toEqual({ exitCode: 0, out: SATISFACTION_HELP, problem: '' });
});

describe('what cannot be done', () => {
  test.each<[string[], RegExp]>([
    [[], /Give either --orders FILE or --olist DIR\./],
    [['--orders', 'a', '--olist', 'b'], /Give either/],
    [['--orders', 'a', '--out', 'b'], /--out keeps the file that --olist builds/],
    [['--orders', 'orders.csv', '--share', '1.5'], /--share is "1.5"/],
    [['--orders', 'orders.csv', '--folds', '1'], /--folds is "1"/],
    [['--orders', 'orders.csv', '--seed', 'x'], /--seed is "x"/],
    [['--orders', 'orders.csv', '--folds', '-3'], /--folds is "-3", but must be a whole number/],
    [['--orders'], /^--orders needs a value behind it\. How/],
    [['--orders', '--json'], /^--orders needs a value behind it\. How/],
    [['--orders', 'orders.csv', '--json=yes'], /^--json takes no value\. How/],
    [['--orderz', 'a'], /--orderz/],
    [['--orders', 'other.csv'], /^other.csv cannot be read/],
    [['--orders', 'orders.csv'], /^orders.csv: The file is empty/],
  ])('%j', (args, problem) => {
    const result = runSatisfaction(args, files(''));
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    expect(result.problem).toMatch(problem);
  });

  test.each([
    ['nobody answered', csv(50, 0)],
    ['three orders', csv(3)],
  ])('%s: not enough data', (_, content) => {
    const result = runSatisfaction(['--orders', 'orders.csv', '--json'], files(content));
    expect(result.exitCode).toBe(1);
    expect(result.problem).toMatch(/^Not enough data: the newer orders hold \d+ delivered and rated ones/);
  });
});

test('a table, and with --json one object on the last line', { timeout: 30_000 }, () => {
  const args = ['--orders', 'orders.csv', '--folds', '3'];
  const { out, exitCode } = runSatisfaction([...args, '--json'], files(csv(600)));
  expect(exitCode).toBe(0);
  const lines = out.trimEnd().split('\n');
  const result = JSON.parse(lines.at(-1)!) as Record<string, Record<string, unknown>>;
  expect(Object.keys(result['model']!)).toEqual(
    expect.arrayContaining([
      'auc',
      'accuracy',
      'precision',
      'recall',
      'brier',
      'baseRate',
      'n',
      'accuracyInterval',
    ]),
  );
  expect(Object.keys(result['baselines']!)).toEqual([
    'alwaysSatisfied',
    'baseRate',
    'lateness',
    'totalDays',
    'bestSingle',
  ]);
  expect(result['crossValidation']!['folds']).toBe(3);
  expect(out).toMatch(/calling everyone satisfied has 0\.\d{3}\./);
  const plain = runSatisfaction(args, files(csv(600)));
  expect(plain.out.trimEnd().split('\n')).toEqual(lines.slice(0, -1));
  expect(runSatisfaction(['--orders', 'orders.csv', '--folds', '0'], files(csv(600))).out).not.toContain(
    'folds',
  );
});

test('tells its stages before each of them', { timeout: 30_000 }, () => {
  const stages: string[] = [];
  const given = files(csv(600), new Map(), stages);
  runSatisfaction(['--orders', 'orders.csv', '--folds', '2'], given);
  expect(stages).toEqual([
    'Reading orders.csv …',
    'Learning from the older of 600 orders, testing on the newer …',
    'Learning 2 times more, for each of the folds …',
  ]);
  stages.length = 0;
  runSatisfaction(['--orders', 'orders.csv', '--folds', '0'], given);
  expect(stages).toHaveLength(2);
  stages.length = 0;
  runSatisfaction(['--orders', 'orders.csv', '--folds', 'x'], given);
  expect(stages).toEqual([]);
});

describe('--olist', () => {
  test('builds the file: delivered orders, the dearest line first, the last review', () => {
    const { csv: built, remarks } = ordersFromOlist(table);
    expect(built.trimEnd().split('\n')).toEqual([
      ORDER_COLUMNS.join(','),
      'o1,2018-01-01 09:00:00,2018-01-10 00:00:00,2018-01-02 00:00:00,2018-01-05 10:00:00,3,50.50,5.05,books,s1|s2,SP,1',
      'o2,2018-01-01 09:00:00,2018-01-10 00:00:00,2018-01-02 00:00:00,2018-01-06 10:00:00,1,5.00,0.00,artes,s2,,',
    ]);
    expect(remarks[0]).toBe(
      'Olist: 4 orders, 3 of them delivered; 1 of these without a delivery date or items left out.',
    );
    expect(remarks[1]).toMatch(/^1 order has more than one review/);
    expect(parseOrders(built).outcome).toBe('read');
  });

  test('--out keeps it', () => {
    const written = new Map<string, string>();
    runSatisfaction(['--olist', 'dir', '--out', 'kept.csv'], files('', written));
    expect(written.get('kept.csv')).toBe(ordersFromOlist(table).csv);
  });
});
