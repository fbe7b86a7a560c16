import { describe, expect, it } from 'vitest';
import { requireOrSkip } from './require-or-skip.ts';

describe('requireOrSkip', () => {
  it('gives the value and prints nothing', () => {
    const lines: string[] = [];
    expect(requireOrSkip('A', 'run a', { A: ' x ' }, (line) => lines.push(line))).toBe('x');
    expect(lines).toEqual([]);
  });

  it('says once what is skipped and how to run it', () => {
    const lines: string[] = [];
    for (const value of [undefined, '']) {
      expect(requireOrSkip('B', 'B=1 npm test', { B: value }, (line) => lines.push(line))).toBeUndefined();
    }
    expect(lines).toEqual(['SKIPPED: tests that need B. To run them: B=1 npm test']);
  });

  it.each([
    [{ CI: 'true', CI_REQUIRE: 'X, C' }, true],
    [{ CI: 'true', CI_REQUIRE: 'X' }, false],
    [{ CI: 'true' }, false],
    [{ CI_REQUIRE: 'C' }, false],
  ])('in %o a missing C fails: %s', (env, fails) => {
    const call = () => requireOrSkip('C', 'run c', env, () => undefined);
    if (fails) expect(call).toThrow('C is not set');
    else expect(call()).toBeUndefined();
  });
});
