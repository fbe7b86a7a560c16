/** Whether everything that is shown can be read in every language that the survey declares. */
import type { Definition } from '../definition.ts';
import { isTranslated } from '../definition-texts.ts';
import type { DefinitionQuestion } from '../question-types.ts';
import { listed, questionName, quoted } from '../wording.ts';
import type { Finding } from './finding.ts';
import { error } from './finding.ts';

interface Used {
  /** As a merchant calls it. */
  what: string;
  textId: string;
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' });

/** One finding for each question, or the survey's own texts, and language. */
export function checkTranslations(definition: Definition): Finding[] {
  const { questions, languages } = definition;
  return languages.flatMap((language) => [
    ...missing(definition, language, null, surveyTexts(definition)),
    ...questions.flatMap((question) => missing(definition, language, question.id, questionTexts(question))),
  ]);
}

function missing(
  definition: Definition,
  language: string,
  questionId: string | null,
  used: Used[],
): Finding[] {
  const gaps = used.filter(({ textId }) => !isTranslated(definition, language, textId));
  if (gaps.length === 0) return [];
  const of = questionId === null ? '' : ` of ${questionName(definition, questionId)}`;
  const what = listed(
    gaps.map((gap) => gap.what),
    'and',
  );
  const verb = gaps.length === 1 ? 'has' : 'have';
  const name = languageNames.of(language) ?? language;
  const message = `In ${name}, ${what}${of} ${verb} no text: translate it, or remove ${name} from the survey's languages.`;
  return [error('untranslated', questionId, message)];
}

function surveyTexts({ title, intro, thanks, reviewAsk, incentive }: Definition): Used[] {
  return [
    { what: 'the title', textId: title },
    { what: 'the introduction', textId: intro },
    ...(['low', 'middle', 'high'] as const).flatMap((route) => [
      { what: `the title of the ${route} thanks`, textId: thanks[route].title },
      { what: `the text of the ${route} thanks`, textId: thanks[route].text },
    ]),
    ...(reviewAsk ? [{ what: 'the review request', textId: reviewAsk.text }] : []),
    ...(incentive ? [{ what: 'the incentive', textId: incentive.text }] : []),
  ];
}

function questionTexts(question: DefinitionQuestion): Used[] {
  const { text, help } = question;
  const ends = 'ends' in question ? question.ends : undefined;
  const options = 'options' in question ? question.options : [];
  const other = 'other' in question ? question.other : undefined;
  return [
    { what: 'the text', textId: text },
    ...(help ? [{ what: 'the explanation', textId: help }] : []),
    ...(ends
      ? [
          { what: 'the low end', textId: ends.least },
          { what: 'the high end', textId: ends.most },
        ]
      : []),
    ...options.map((option) => ({ what: `the option ${quoted(option.id)}`, textId: option.text })),
    ...(other ? [{ what: 'the option "other"', textId: other.text }] : []),
  ];
}
