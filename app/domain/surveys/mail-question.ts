/** The first question of a survey as a mail can ask it: what one tap answers (surfaces.ts says which types). */
import type { SurveyView } from './contract.ts';
import { OTHER } from './question-types.ts';
import { SURFACE_MATRIX } from './surfaces.ts';

export interface MailQuestion {
  id: string;
  text: string;
  /** `label` is what is tapped, `name` what it means where that is not plain from it. */
  choices: { value: string; label: string; name?: string }[];
  ends: { least: string; most: string } | null;
}

/** From the unhappiest to the happiest. */
const FACES = ['😞', '🙁', '😐', '🙂', '😀'];

/** More would make a mail of their own. */
const MAX_CHOICES = 8;

/** null: the survey begins with something that a tap cannot answer; the mail has a button only. */
export function questionInMail({ questions }: SurveyView): MailQuestion | null {
  const first = questions.find(({ silent }) => !silent);
  if (!first || first.showWhen || SURFACE_MATRIX[first.type].email !== 'first') return null;
  const { id, text, values, valueNames, options, ends = null } = first;
  if (values) {
    const choices = values.map((value, index) => {
      const name = valueNames?.[index];
      const label = (first.type === 'smileys' && FACES[index]) || String(value);
      return { value: String(value), label, ...(name && { name }) };
    });
    return { id, text, choices, ends };
  }
  // What asks for words is answered on the page.
  const choices = (options ?? []).flatMap((option) =>
    option.value === OTHER ? [] : [{ value: option.value, label: option.text }],
  );
  return choices.length > MAX_CHOICES ? null : { id, text, choices, ends };
}
