import { uuidv7 } from 'uuidv7';
import { describe, expect, it } from 'vitest';
import { batchEntry, intoBatches, parseBatch } from './batches.ts';
import type { Job } from './jobs.ts';

const shopId = uuidv7();
const event = (): Job => ({ name: 'event.process', payload: { shopId, eventId: uuidv7() } });
const score = (): Job => ({ name: 'customer.score', payload: { shopId, customerId: uuidv7() } });
const many = (count: number, make: () => Job) => Array.from({ length: count }, make);

describe('intoBatches', () => {
  it.each([
    ['one goes alone', many(1, event), false, ['event.process']],
    ['two go together', many(2, event), false, ['2 x event.process']],
    [
      'kinds do not mix',
      [...many(2, event), ...many(3, score)],
      false,
      ['2 x event.process', '3 x customer.score'],
    ],
    [
      'debounced ones go alone',
      [...many(2, event), ...many(2, score)],
      true,
      ['customer.score', 'customer.score', '2 x event.process'],
    ],
    ['at most 25', many(51, event), false, ['25 x event.process', '25 x event.process', 'event.process']],
    ['nothing', [], false, []],
  ])('%s', (_, jobs, debounced, expected) => {
    const batches = intoBatches(jobs, { debounced });
    expect(
      batches.map((entry) => (Array.isArray(entry) ? `${entry.length} x ${entry[0]!.name}` : entry.name)),
    ).toEqual(expected);
    expect(new Set(batches.flat())).toEqual(new Set(jobs));
  });
});

describe('batchEntry', () => {
  const jobs = many(3, event);

  it('comes back as the jobs it holds', () => {
    expect(parseBatch(structuredClone(batchEntry(jobs).data))).toEqual(jobs);
  });

  it('has an id that depends on the jobs only', () => {
    expect(batchEntry(jobs).opts.jobId).toBe(batchEntry([...jobs]).opts.jobId);
    expect(batchEntry(jobs).opts.jobId).not.toBe(batchEntry(jobs.slice(1)).opts.jobId);
  });

  it.each([
    ['another name', { name: 'no.such', payloads: [{}] }],
    [
      'a payload that is not the catalogue’s',
      { name: 'event.process', payloads: [{ shopId, email: 'a@b.example' }] },
    ],
    ['nothing in it', { name: 'event.process', payloads: [] }],
    ['more than ids', { ...batchEntry(jobs).data, note: 'x' }],
  ])('is refused with %s', (_, data) => {
    expect(() => parseBatch(data)).toThrow();
  });
});
