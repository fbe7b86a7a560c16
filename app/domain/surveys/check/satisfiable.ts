/** Decides whether something can happen at all, by trying what makes a difference. */
import type { Formula } from '../formula.ts';
import { testsIn } from '../formula.ts';
import type { Chance, Variable } from './possibilities.ts';

/** Parts of formulas that may still be looked at; shared by the questions of one check, so that it always ends soon. */
export interface Budget {
  left: number;
}

/** Whether some way of answering, of some order, makes `target` true; null when the budget ran out first. */
export function satisfiable(target: Formula<Chance>, budget: Budget): boolean | null {
  const ways = waysThatDiffer(target);
  const chosen = new Map<Variable, number>();

  const search = (): boolean | null => {
    const values = new Map<object, boolean | null>();
    const value = valueOf(target, chosen, values);
    budget.left -= values.size + 1;
    if (value !== null) return value;
    if (budget.left <= 0) return null;
    const open = openVariable(target, chosen, values);
    let sure = true;
    for (const way of ways.get(open) ?? []) {
      chosen.set(open, way);
      const found = groupAllows(open, chosen) ? search() : false;
      if (found) return true;
      if (found === null) sure = false;
    }
    chosen.delete(open);
    return sure ? false : null;
  };
  return search();
}

/** For every variable one way of each kind: ways that pass the same tests of the formula are the same to it. */
function waysThatDiffer(target: Formula<Chance>): Map<Variable, number[]> {
  const byVariable = new Map<Variable, Chance[]>();
  for (const chance of testsIn(target)) {
    byVariable.set(chance.variable, [...(byVariable.get(chance.variable) ?? []), chance]);
  }
  return new Map(
    [...byVariable].map(([variable, chances]) => {
      const kinds = new Map<string, number>();
      for (let way = 0; way < variable.ways; way++) {
        const kind = chances.map(({ passes }) => Number(passes[way])).join('');
        if (!kinds.has(kind)) kinds.set(kind, way);
      }
      return [variable, [...kinds.values()]];
    }),
  );
}

type Chosen = ReadonlyMap<Variable, number>;

/** null: not decided by what was chosen. Shared parts are looked at once. */
function valueOf(part: Formula<Chance>, chosen: Chosen, values: Map<object, boolean | null>): boolean | null {
  if (typeof part === 'boolean') return part;
  const known = values.get(part);
  if (known !== undefined) return known;
  const value = freshValueOf(part, chosen, values);
  values.set(part, value);
  return value;
}

function freshValueOf(
  part: Exclude<Formula<Chance>, boolean>,
  chosen: Chosen,
  values: Map<object, boolean | null>,
): boolean | null {
  if ('not' in part) {
    const inner = valueOf(part.not, chosen, values);
    return inner === null ? null : !inner;
  }
  if ('variable' in part) {
    const way = chosen.get(part.variable);
    return way === undefined ? null : (part.passes[way] ?? false);
  }
  const decisive = 'any' in part;
  let value: boolean | null = !decisive;
  for (const each of 'any' in part ? part.any : part.all) {
    const inner = valueOf(each, chosen, values);
    if (inner === decisive) return decisive;
    if (inner === null) value = null;
  }
  return value;
}

/** A variable on which an undecided formula hangs. */
function openVariable(part: Formula<Chance>, chosen: Chosen, values: Map<object, boolean | null>): Variable {
  if (typeof part === 'boolean') throw new Error('A formula that is decided has no open variable.');
  if ('variable' in part) return part.variable;
  const inner = 'not' in part ? [part.not] : 'any' in part ? part.any : part.all;
  const open = inner.find((each) => valueOf(each, chosen, values) === null);
  if (open === undefined) throw new Error('An undecided formula has an undecided part.');
  return openVariable(open, chosen, values);
}

/** Whether enough, and not too many, of the group can still be yes. */
function groupAllows({ group }: Variable, chosen: Chosen): boolean {
  if (!group) return true;
  const taken = group.members.filter((member) => chosen.get(member) === 0).length;
  const refused = group.members.filter((member) => chosen.get(member) === 1).length;
  return taken <= group.max && group.members.length - refused >= group.min;
}
