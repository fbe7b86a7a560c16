/** What the readers of single answers share. */
import type { AnswerValue, FieldError, Metric, Scale } from '../contract.ts';
import { translate } from '../texts.ts';

/** What was sent about one question: its field, and its parts by name (`<question>.<part>`, or an object's entries). */
export interface RawAnswer {
  value: number | boolean | string | string[] | undefined;
  parts: ReadonlyMap<string, number | string>;
}

/** A rating that was given, with what it means. */
export interface ReadRating {
  scale: Scale;
  value: number;
  /** 0-100, higher is better. */
  normalised: number;
}

/** One answer, checked. */
export type ReadAnswer = { questionId: string } & (
  | ({ kind: 'rating'; metric: Metric | null } & ReadRating)
  | { kind: 'lines'; metric: Metric | null; ratings: ({ lineId: string } & ReadRating)[] }
  /** `other`: the words written beside that option. */
  | { kind: 'choice'; values: string[]; other: string | null }
  | { kind: 'ranking'; order: string[] }
  | { kind: 'text'; text: string }
  | { kind: 'consent'; given: boolean }
  | { kind: 'contact'; name: string | null; email: string | null; phone: string | null }
  | { kind: 'upload' | 'voice'; uploadIds: string[] }
);

/** null: not answered. `value` is the answer as conditions see it. */
export type Read = { answer: ReadAnswer; value: AnswerValue } | { faults: FieldError[] } | null;

/** One question's way of complaining, in the shopper's language. */
export interface Complaints {
  fault(
    code: FieldError['code'],
    textId: string,
    params?: Record<string, string | number>,
    part?: string,
  ): FieldError;
  wrongType(): Read;
}

/** Complaints about `field`, in the language of `locale`. */
export function complaintsOf(field: string, locale: string): Complaints {
  const fault: Complaints['fault'] = (code, textId, params = {}, part) => ({
    field,
    ...(part !== undefined && { part }),
    code,
    message: translate(locale, textId, params),
  });
  return { fault, wrongType: () => ({ faults: [fault('wrong_type', 'error.wrong_type')] }) };
}

/** Nothing was sent, as a form or a surface says it; what an empty list means, its reader knows. */
export function isEmpty({ value, parts }: RawAnswer): boolean {
  const nothing = value === undefined || (typeof value === 'string' && value.trim() === '');
  return nothing && [...parts.values()].every((part) => String(part).trim() === '');
}
