/** Conditions in short, for tables. */
import type { Condition } from '#app/domain/surveys/conditions.ts';

/** A test of an answer; a list as value is `values`. */
export function asks(question: string, op: string, value?: unknown): Condition {
  const operand = value === undefined ? {} : Array.isArray(value) ? { values: value } : { value };
  return { if: 'answer', question, op, ...operand } as Condition;
}

export function fact(name: string, op: string, value: unknown): Condition {
  const operand = Array.isArray(value) ? { values: value } : { value };
  return { if: 'fact', fact: name, op, ...operand } as Condition;
}

export const all = (...of: Condition[]): Condition => ({ if: 'all', of });
export const any = (...of: Condition[]): Condition => ({ if: 'any', of });
export const not = (of: Condition): Condition => ({ if: 'not', of });
