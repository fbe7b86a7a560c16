import { expect, it } from 'vitest';
import { stepsTo } from '../src/steps.ts';

/** A server that answers when told to. */
function slowServer(before?: Record<string, number>) {
  const sent: unknown[] = [];
  const waiting: ((stored: boolean) => void)[] = [];
  const step = stepsTo((given) => {
    sent.push(given);
    return new Promise((done) => waiting.push(done));
  }, before);
  const answer = async (stored: boolean) => {
    waiting.shift()?.(stored);
    await new Promise((done) => setTimeout(done));
  };
  return { sent, step, answer };
}

it('sends one step at a time, and then the latest', async () => {
  const { sent, step, answer } = slowServer();
  void step({ a: 1 });
  void step({ a: 1, b: 2 });
  void step({ a: 1, b: 2, c: 3 });
  expect(sent).toEqual([{ a: 1 }]);
  await answer(true);
  expect(sent).toEqual([{ a: 1 }, { a: 1, b: 2, c: 3 }]);
  await answer(true);
  expect(sent).toHaveLength(2);
});

it('sends nothing that is stored already, and nothing where nothing was answered', async () => {
  const { sent, step, answer } = slowServer();
  void step({});
  expect(sent).toEqual([]);
  void step({ a: 1 });
  await answer(true);
  void step({ a: 1 });
  expect(sent).toHaveLength(1);
});

it('what failed goes with the next step, not before', async () => {
  const { sent, step, answer } = slowServer();
  void step({ a: 1 });
  await answer(false);
  expect(sent).toHaveLength(1);
  void step({ a: 1 });
  expect(sent).toEqual([{ a: 1 }, { a: 1 }]);
});

it('an answer taken back is a step too', async () => {
  const { sent, step, answer } = slowServer();
  void step({ a: 1 });
  await answer(true);
  void step({});
  expect(sent).toEqual([{ a: 1 }, {}]);
});

it('sends nothing that an earlier visit has stored, and tells when it is taken back', () => {
  const { sent, step } = slowServer({ a: 1 });
  void step({ a: 1 });
  expect(sent).toEqual([]);
  void step({});
  expect(sent).toEqual([{}]);
});

it('says once all is settled whether the latest is stored', async () => {
  const { step, answer } = slowServer();
  const first = step({ a: 1 });
  const second = step({ a: 2 });
  await answer(true);
  await answer(false);
  expect([await first, await second]).toEqual([false, false]);
  const third = step({ a: 2 });
  await answer(true);
  expect(await third).toBe(true);
  expect(await step({ a: 2 }), 'nothing is new').toBe(true);
});
