/**
 * Formulas over tests of any kind, simplified as they are built: true and false never stand inside a larger one. Parts
 * are the same when they are one object, so makers of tests hand out one object for each.
 */
export type Formula<Test extends object> =
  boolean | Test | { all: Formula<Test>[] } | { any: Formula<Test>[] } | { not: Formula<Test> };

/** All of them; true of none. */
export function allOf<Test extends object>(parts: readonly Formula<Test>[]): Formula<Test> {
  const kept = gather(parts, 'all', true);
  if (!kept) return false;
  return kept.length > 1 ? { all: kept } : (kept[0] ?? true);
}

/** One of them at least; false of none. */
export function anyOf<Test extends object>(parts: readonly Formula<Test>[]): Formula<Test> {
  const kept = gather(parts, 'any', false);
  if (!kept) return true;
  return kept.length > 1 ? { any: kept } : (kept[0] ?? false);
}

export function notOf<Test extends object>(part: Formula<Test>): Formula<Test> {
  if (typeof part === 'boolean') return !part;
  return 'not' in part ? part.not : { not: part };
}

/** Every test in a formula, each once, also where parts are shared. */
export function testsIn<Test extends object>(formula: Formula<Test>): Set<Test> {
  const tests = new Set<Test>();
  const seen = new Set<Formula<Test>>();
  const visit = (part: Formula<Test>): void => {
    if (typeof part === 'boolean' || seen.has(part)) return;
    seen.add(part);
    if ('all' in part) part.all.forEach(visit);
    else if ('any' in part) part.any.forEach(visit);
    else if ('not' in part) visit(part.not);
    else tests.add(part);
  };
  visit(formula);
  return tests;
}

/** The parts that matter, groups of the same kind opened, each once; null where one of them, or one and its negation, decides. */
function gather<Test extends object>(
  parts: readonly Formula<Test>[],
  kind: 'all' | 'any',
  neutral: boolean,
): Exclude<Formula<Test>, boolean>[] | null {
  const kept = new Set<Exclude<Formula<Test>, boolean>>();
  const negated = new Set<Formula<Test>>();
  const keep = (part: Formula<Test>): boolean => {
    if (typeof part === 'boolean') return part === neutral;
    const isNew = 'not' in part ? !negated.has(part.not) : !kept.has(part);
    if (isNew) kept.add(part);
    if ('not' in part) negated.add(part.not);
    return true;
  };
  for (const part of parts) {
    const inner = (part as Partial<Record<'all' | 'any', Formula<Test>[]>>)[kind] ?? [part];
    if (!inner.every(keep)) return null;
  }
  return [...kept].some((part) => negated.has(part)) ? null : [...kept];
}
