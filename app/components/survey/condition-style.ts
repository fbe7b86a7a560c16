/** Which questions show, as CSS, for a page whose script does not run. */
import type {
  AnswerTest,
  ShowCondition,
  SurveyView,
  SurveyViewQuestion,
} from '../../domain/surveys/contract.ts';

/** The only words that may get into the style sheet. */
const SAFE = /^[\w.-]+$/;
/** Conditions repeat those of earlier questions; what gets longer than this many characters is shown instead. */
const LONGEST = 3000;
const ALWAYS = ':is(*)';
const NEVER = ':not(*)';

/** What can be told from boxes and buttons that are checked. */
const CHECKED: ReadonlySet<SurveyViewQuestion['type']> = new Set([
  'nps',
  'csat',
  'ces',
  'stars',
  'smileys',
  'line_rating',
  'choice',
  'multiple_choice',
  'consent',
]);

/**
 * Hides each question while its condition is not met. What CSS can't say (texts, rankings, contact details) is taken as
 * met, so a question that should be shown always is; the server drops answers to the others. A browser that doesn't
 * know :has() shows all of them.
 */
export function conditionStyle(view: SurveyView): string {
  const shownWhen = selectors(view);
  const rules = view.questions.flatMap(({ id, silent }) => {
    const met = silent || !SAFE.test(id) ? ALWAYS : shownWhen(id, false);
    return met === ALWAYS ? [] : [`form:not(.steps):not(${met}) [data-question="${id}"]{display:none}`];
  });
  return `@supports selector(form:has(input)){${rules.join('')}}`;
}

/**
 * Selectors of a form in which a question is shown. What can't be said is taken as met, and where `isNegated` says that
 * it stands inside an odd number of "not" as not met: so a question may be shown too often, never too seldom.
 */
function selectors({ questions }: SurveyView): (id: string, isNegated: boolean) => string {
  const byId = new Map(questions.map((question) => [question.id, question]));
  const known = new Map<string, string>();
  const unsaid = (isNegated: boolean) => (isNegated ? NEVER : ALWAYS);

  const shownWhen = (id: string, isNegated: boolean): string => {
    const question = byId.get(id);
    if (!question) return NEVER;
    if (!question.showWhen) return ALWAYS;
    const key = `${id} ${isNegated}`;
    const found = known.get(key) ?? met(question.showWhen, isNegated);
    const kept = found.length <= LONGEST ? found : unsaid(isNegated);
    known.set(key, kept);
    return kept;
  };
  const met = (condition: ShowCondition, isNegated: boolean): string => {
    const parts = (of: ShowCondition[]) => of.map((part) => met(part, isNegated));
    if ('all' in condition) return allOf(parts(condition.all));
    if ('any' in condition) return anyOf(parts(condition.any));
    if ('not' in condition) return notOf(met(condition.not, !isNegated));
    const isShown = shownWhen(condition.q, isNegated);
    if (condition.shown) return isShown;
    // An answer to a question that is hidden does not count.
    return allOf([isShown, checked(condition, byId.get(condition.q)) ?? unsaid(isNegated)]);
  };
  return shownWhen;
}

/** null: CSS can't say it. */
function checked(
  { q, in: wanted, has }: AnswerTest,
  question: SurveyViewQuestion | undefined,
): string | null {
  if (!question || question.silent) return NEVER;
  const canBeSaid = CHECKED.has(question.type) && has === undefined;
  if (!canBeSaid || ![q, ...(wanted ?? [])].every((word) => SAFE.test(word))) return null;
  const name = question.type === 'line_rating' ? `[name^="${q}."]` : `[name="${q}"]`;
  const value = wanted ? `:is(${wanted.map((word) => `[value="${word}"]`).join(',')})` : '';
  return `:has(input${name}${value}:checked)`;
}

function allOf(parts: string[]): string {
  if (parts.includes(NEVER)) return NEVER;
  return [...new Set(parts.filter((part) => part !== ALWAYS))].join('') || ALWAYS;
}

function anyOf(parts: string[]): string {
  if (parts.includes(ALWAYS)) return ALWAYS;
  const possible = [...new Set(parts.filter((part) => part !== NEVER))];
  return possible.length > 0 ? `:is(${possible.join(',')})` : NEVER;
}

function notOf(part: string): string {
  if (part === NEVER) return ALWAYS;
  return part === ALWAYS ? NEVER : `:not(${part})`;
}
