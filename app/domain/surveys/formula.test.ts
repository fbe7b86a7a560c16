import { describe, expect, it } from 'vitest';
import { allOf, anyOf, notOf, testsIn, type Formula } from './formula.ts';

interface Test {
  name: string;
}
const a: Test = { name: 'a' };
const b: Test = { name: 'b' };
const c: Test = { name: 'c' };

describe('formulas are simplified as they are built', () => {
  it.each<[string, Formula<Test>, Formula<Test>]>([
    ['all of nothing', allOf([]), true],
    ['any of nothing', anyOf([]), false],
    ['all with false', allOf([a, false]), false],
    ['any with true', anyOf([a, true]), true],
    ['all with true', allOf([a, true]), a],
    ['any with false', anyOf([false, a]), a],
    ['one thing twice', allOf([a, b, a]), { all: [a, b] }],
    ['groups of one kind', allOf([a, allOf([b, c])]), { all: [a, b, c] }],
    ['groups of both kinds', anyOf([a, allOf([b, c])]), { any: [a, { all: [b, c] }] }],
    ['a thing and its negation', allOf([a, b, notOf<Test>(a)]), false],
    ['a thing or its negation', anyOf([notOf<Test>(a), b, a]), true],
    ['two negations of one thing', allOf([notOf<Test>(a), notOf<Test>(a), b]), { all: [{ not: a }, b] }],
    ['a negation of a negation', notOf(notOf<Test>(a)), a],
    ['a negation of true', notOf<Test>(true), false],
  ])('%s', (_name, formula, expected) => {
    expect(formula).toEqual(expected);
  });

  it('names each test once', () => {
    const shared = anyOf<Test>([a, b]);
    expect([...testsIn(allOf([shared, notOf(shared), c]))]).toEqual([]);
    expect([...testsIn(anyOf([allOf([shared, c]), notOf(shared)]))]).toEqual([a, b, c]);
  });
});
