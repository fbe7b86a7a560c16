import type { SurveyViewQuestion } from '../../../app/domain/surveys/contract.ts';

interface Props {
  question: SurveyViewQuestion;
  label: string;
  value: string | string[] | undefined;
  error: string | undefined;
  onChange(value: string | string[]): void;
}

/** A rating or choice as a choice list (there is no star component), a comment as a text area. */
export function QuestionField({ question, label, value, error, onChange }: Props) {
  if (question.type === 'text') {
    return (
      <s-text-area
        name={question.id}
        label={label}
        rows={3}
        maxLength={question.maxLength}
        value={typeof value === 'string' ? value : ''}
        error={error}
        onChange={(event: Event) => onChange(elementOf<'s-text-area'>(event).value ?? '')}
      />
    );
  }
  const chosen = value === undefined ? [] : [value].flat();
  return (
    <s-choice-list
      name={question.id}
      label={label}
      values={chosen}
      multiple={question.multiple ?? false}
      variant={question.values ? 'inline' : 'list'}
      error={error}
      onChange={(event: Event) => {
        const values = elementOf<'s-choice-list'>(event).values ?? [];
        onChange(question.multiple ? values : (values[0] ?? ''));
      }}
    >
      {choicesOf(question).map((choice) => (
        <s-choice key={choice.value} value={choice.value} accessibilityLabel={choice.text}>
          {choice.text}
        </s-choice>
      ))}
    </s-choice-list>
  );
}

/** The types of events say nothing of the element that they were heard on. */
function elementOf<Tag extends keyof HTMLElementTagNameMap>(event: Event): HTMLElementTagNameMap[Tag] {
  return event.currentTarget as HTMLElementTagNameMap[Tag];
}

/** The two ends of a scale say what they mean; the values between them are numbers. */
function choicesOf({ values, ends, options }: SurveyViewQuestion): { value: string; text: string }[] {
  if (!values) return options ?? [];
  return values.map((number, index) => {
    const end = index === 0 ? ends?.least : index === values.length - 1 ? ends?.most : undefined;
    return { value: String(number), text: end ? `${number} – ${end}` : String(number) };
  });
}
