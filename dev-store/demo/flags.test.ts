import { expect, test } from 'vitest';
import { FlagError, readFlags } from './flags.ts';

test('without flags the demo plays, stays up and takes its usual ports', () => {
  expect(readFlags([])).toEqual({
    ...{
      once: false,
      json: false,
      reset: false,
      keep: false,
      help: false,
      data: null,
      olist: null,
      orders: null,
    },
    ports: { web: 3000, worker: 3001, devStore: 4400, mail: 4425, postgres: 54_329 },
  });
});

test('reads what is given', () => {
  const flags = readFlags([
    '--data',
    'here',
    '--once',
    '--json',
    '--olist',
    'data',
    '--orders',
    '1500',
    '--port',
    '0',
    '-h',
  ]);
  expect(flags).toMatchObject({
    once: true,
    json: true,
    data: 'here',
    olist: 'data',
    orders: 1500,
    help: true,
    ports: { web: 0 },
  });
});

test.each([
  [['--port', 'x'], /--port is "x", but must be a whole number from 0 to 65535/],
  [['--olist', 'd', '--orders', '0'], /--orders is "0"/],
  [['--orders', '3'], /give --olist DIR as well/],
  [['--json'], /give --once as well/],
  [['--wrong'], /--help/],
])('%j is refused with a sentence', (args, sentence) => {
  expect(() => readFlags(args)).toThrow(FlagError);
  expect(() => readFlags(args)).toThrow(sentence);
});
