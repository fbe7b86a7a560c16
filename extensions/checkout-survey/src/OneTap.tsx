import type { SurveyViewQuestion } from '../../../app/domain/surveys/contract.ts';

interface Choice {
  value: number | string;
  text: string;
  /** What is read aloud, where that is more than the text. */
  name?: string;
}

/** From the saddest to the happiest. */
const FACES = ['😞', '😕', '😐', '😊', '😀'];

/**
 * A rating or a single choice as buttons. Radio buttons would not do: the arrow keys choose among them, the sandbox
 * cannot tell that from a tap, and so a keyboard would be taken to the next question by the first arrow.
 */
export function OneTap({
  question,
  chosen,
  onChoose,
}: {
  question: SurveyViewQuestion;
  chosen: unknown;
  /** Whether the tap counts. */
  onChoose(value: number | string): boolean;
}) {
  const { values, ends } = question;
  return (
    <>
      <s-stack direction={values ? 'inline' : 'block'} gap="small">
        {choicesOf(question).map(({ value, text, name }) => (
          <s-press-button
            key={value}
            inlineSize={values ? 'auto' : 'fill'}
            pressed={chosen === value}
            accessibilityLabel={name}
            onClick={(event: Event) => {
              // The button changes its state by itself: a second tap would release it, one that does not count press it.
              const button = event.currentTarget as HTMLElementTagNameMap['s-press-button'];
              button.pressed = onChoose(value) || chosen === value;
            }}
          >
            {text}
          </s-press-button>
        ))}
      </s-stack>
      {values && ends && (
        <s-stack direction="inline" gap="small" justifyContent="space-between">
          <s-text color="subdued" accessibilityVisibility="hidden">
            {nameOfValue(question, 0)}
          </s-text>
          <s-text color="subdued" accessibilityVisibility="hidden">
            {nameOfValue(question, values.length - 1)}
          </s-text>
        </s-stack>
      )}
    </>
  );
}

function choicesOf(question: SurveyViewQuestion): Choice[] {
  const { type, values, valueNames = [], options = [] } = question;
  if (!values) return options;
  return values.map((value, index) => {
    const word = valueNames[index];
    if (word !== undefined) return { value, text: [FACES[index], word].join(' ').trim(), name: word };
    return {
      value,
      text: type === 'stars' ? `${value} ★` : String(value),
      name: nameOfValue(question, index),
    };
  });
}

/** The two ends of a scale say what they mean; the values between them are numbers. */
export function nameOfValue({ values = [], ends }: SurveyViewQuestion, index: number): string {
  const end = index === 0 ? ends?.least : index === values.length - 1 ? ends?.most : undefined;
  return end === undefined ? String(values[index]) : `${values[index]} – ${end}`;
}
