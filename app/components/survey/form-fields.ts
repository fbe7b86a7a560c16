/** What the hosted page's form and address hold, as fields: `<question>`, or `<question>.<part>`. */
import type { SurveyView } from '../../domain/surveys/contract.ts';

/** By field; boxes of one name, and the places of a ranking, are a list. */
export type GivenAnswers = Record<string, string | string[]>;

/** The value of a field that is no list. */
export const oneOf = (value: string | string[] | undefined): string => [value ?? ''].flat()[0] ?? '';

/** The hidden field beside the answers; no question can have this id. */
export const EDITION_FIELD = '_edition';
/** Posted alone by the page's script: a person is there (keep-answers.ts). */
export const SEEN_FIELD = '_seen';

/** A form as it was sent. A repeated field is a list, less what was left empty; uploaded files are no answers. */
export function readFields(form: FormData): { edition: string | null; answers: GivenAnswers } {
  const answers: GivenAnswers = {};
  for (const field of new Set(form.keys())) {
    const values = form.getAll(field).filter((value) => typeof value === 'string');
    if (values.length > 1) answers[field] = values.filter((value) => value !== '');
    else if (values[0] !== undefined) answers[field] = values[0];
  }
  const { [EDITION_FIELD]: edition, ...rest } = answers;
  return { edition: typeof edition === 'string' && edition !== '' ? edition : null, answers: rest };
}

/** Ratings and single choices that a link of the mail names; anything else in the address is nothing. */
export function tappedAnswers(url: URL, view: SurveyView): GivenAnswers {
  return Object.fromEntries(
    view.questions.flatMap(({ id, type, values = [], options = [] }) => {
      const offered = type === 'choice' ? options.map(({ value }) => value) : values.map(String);
      const tapped = type === 'line_rating' ? null : url.searchParams.get(id);
      return tapped !== null && offered.includes(tapped) ? [[id, tapped]] : [];
    }),
  );
}
