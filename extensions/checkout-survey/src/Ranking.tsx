import type { SurveyViewQuestion } from '../../../app/domain/surveys/contract.ts';

/** The order of preference after a tap: an option without a place gets the next one, one that has a place gives it back. */
export function ranked(order: readonly string[], value: string): string[] {
  const others = order.filter((each) => each !== value);
  return others.length < order.length ? others : [...others, value];
}

/** A ranking as buttons that are tapped in the order of preference; they stay where they are, and say their place. */
export function Ranking({
  question,
  order,
  hint,
  onRank,
}: {
  question: SurveyViewQuestion;
  /** Values of the options that have a place, best first. */
  order: readonly string[];
  hint: string;
  /** @returns whether the option has a place now */
  onRank(value: string): boolean;
}) {
  return (
    <>
      <s-text color="subdued">{hint}</s-text>
      <s-stack gap="small">
        {question.options?.map(({ value, text }) => {
          const place = order.indexOf(value) + 1;
          const name = place > 0 ? `${place}. ${text}` : text;
          return (
            <s-press-button
              key={value}
              inlineSize="fill"
              pressed={place > 0}
              accessibilityLabel={name}
              onClick={(event: Event) => {
                const button = event.currentTarget as HTMLElementTagNameMap['s-press-button'];
                // It changes its state by itself, also where a tap does not count.
                button.pressed = onRank(value);
              }}
            >
              {name}
            </s-press-button>
          );
        })}
      </s-stack>
    </>
  );
}
