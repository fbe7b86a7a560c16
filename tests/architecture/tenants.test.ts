import { describe, expect, it } from 'vitest';
import { proves } from './prove.ts';
import { shoplessStatements, tenantTables } from './tenants.ts';

const path = 'app/infra/db/a.repo.server.ts';
const read = 'app/infra/db/reads/a.read.server.ts';
const tables = ['orders', 'customer'];
const all = `const q = 'SELECT id FROM orders';`;

it('takes the tenant tables from the schema', () => {
  const schema = `
model Shop {
  id String @id
  @@map("shop")
}

/// One per order.
model Order {
  shopId  String @map("shop_id") @db.Uuid
  orderId String @map("order_id")
  @@map("orders")
}

model Named {
  shopId String @map("shop_id")
}
`;
  expect(tenantTables(schema)).toEqual(['orders', 'Named']);
});

describe('statements that forget their shop', () => {
  proves(
    (sources) => shoplessStatements(sources, tables, []),
    [
      ['select', read, all, `const q = 'select id from orders where shop_id = $1';`, 'about orders must'],
      [
        'asked for, not compared',
        path,
        "const q = 'SELECT shop_id FROM orders o WHERE order_id = $2';",
        "const q = 'SELECT shop_id FROM orders o WHERE o.shop_id=$1 AND order_id = $2';",
        'shop_id = $1',
      ],
      [
        'update',
        path,
        'const q = `UPDATE customer SET tier = $2`;',
        'const q = `UPDATE customer SET tier = $2 WHERE shop_id = $1`;',
        'about customer',
      ],
      [
        'insert',
        path,
        'const q = `INSERT INTO orders AS o (order_id) VALUES ($1)`;',
        'const q = `INSERT INTO orders AS o (shop_id, order_id) VALUES ($1, $2)`;',
        'about orders',
      ],
      [
        'join',
        path,
        'const q = `SELECT 1 FROM shop s JOIN orders o ON o.shop_id = s.id`;',
        'const q = `SELECT 1 FROM shop s JOIN orders o ON o.shop_id = s.id WHERE o.shop_id = $1`;',
        'about orders',
      ],
      [
        'second in the list',
        path,
        'const q = `DELETE FROM shop USING given g, orders o WHERE o.order_id = g.id`;',
        'const q = `DELETE FROM shop USING given g, orders_old o WHERE o.order_id = g.id`;',
        'about orders',
      ],
      [
        'table known when it runs',
        path,
        'const q = (table: string) => `DELETE FROM ${table}`;',
        'const q = (table: string) => `DELETE FROM ${table} WHERE shop_id = $1`;',
        'about a table',
      ],
      [
        'constant put in',
        path,
        "const W = 'id = $1'; const q = `SELECT 1 FROM orders WHERE ${W}`;",
        "const W = 'shop_id = $1'; const q = `SELECT 1 FROM orders WHERE ${W}`;",
        'about orders',
      ],
    ],
  );

  it.each([
    ['another table', path, "const q = 'SELECT id FROM shop';"],
    ['a part without a verb', path, "const q = 'LEFT JOIN customer c ON c.shop_id = o.shop_id';"],
    ['a sentence', path, "const m = 'Nothing came from orders.';"],
    ['a test', 'app/infra/db/a.test.ts', all],
    ['another place', 'tests/line/a.ts', all],
  ])('leaves %s alone', (_what, where, text) => {
    expect(shoplessStatements([{ path: where, text }], tables, [])).toEqual([]);
  });

  it('lets listed statements look across shops, and names list entries that are stale', () => {
    const listed = { path, statement: 'SELECT id FROM orders', reason: 'a sweep' };
    const stale = { path, statement: 'FROM customer', reason: 'a sweep that is gone' };
    expect(shoplessStatements([{ path, text: all }], tables, [listed])).toEqual([]);
    expect(shoplessStatements([{ path, text: all }], tables, [listed, stale])).toMatchObject([
      { path, message: expect.stringContaining('"FROM customer"') },
    ]);
  });
});
