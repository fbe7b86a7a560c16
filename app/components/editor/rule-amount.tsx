import { Select } from '@shopify/polaris';
import type { Definition } from '../../domain/surveys/definition.ts';
import { isRating } from '../../domain/surveys/question-types.ts';
import type { Amount, Rule } from '../../domain/surveys/rules.ts';
import { questionName } from '../../domain/surveys/wording.ts';
import { NumberInput } from './number-input.tsx';

type CountingRule = Extract<Rule, { do: 'set' | 'add' }>;

const WHOLE = 'number';

/** Which number a rule changes, and by what: a whole number, or a rating given up to its question. */
export function RuleAmount(props: {
  definition: Definition;
  rule: CountingRule;
  /** Place of its question, from 0. */
  index: number;
  /** Ids of the numbers that rules may change. */
  numbers: string[];
  onChange: (rule: Rule) => void;
}) {
  const { definition, rule, index, numbers, onChange } = props;
  const amount = rule.do === 'set' ? rule.to : rule.amount;
  const write = (next: Amount) =>
    onChange(rule.do === 'set' ? { ...rule, to: next } : { ...rule, amount: next });
  const ratings = definition.questions
    .slice(0, index + 1)
    .filter((question) => isRating(question) && question.type !== 'line_rating')
    .map(({ id }) => ({ value: `answer ${id}`, label: `the rating of ${questionName(definition, id)}` }));
  const chosen = typeof amount === 'object' ? `answer ${amount.answer}` : WHOLE;
  const amounts = [{ value: WHOLE, label: 'a whole number' }, ...ratings];
  const known = (value: string, options: { value: string; label: string }[]) =>
    options.some((option) => option.value === value)
      ? options
      : [{ value, label: 'Something that is gone' }, ...options];
  return (
    <>
      <Select
        label="Which number"
        options={known(
          rule.value,
          numbers.map((id) => ({ value: id, label: id })),
        )}
        value={rule.value}
        onChange={(value) => onChange({ ...rule, value })}
      />
      <Select
        label={rule.do === 'set' ? 'To' : 'By'}
        options={known(chosen, amounts)}
        value={chosen}
        onChange={(value) => write(value === WHOLE ? 1 : { answer: value.slice('answer '.length) })}
      />
      {typeof amount !== 'object' && (
        <NumberInput
          label="Whole number"
          help={rule.do === 'add' ? 'Below 0 takes away.' : ''}
          value={amount}
          onChange={(value) => write(value as number)}
        />
      )}
    </>
  );
}
