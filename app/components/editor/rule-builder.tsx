import { BlockStack, InlineGrid, Select } from '@shopify/polaris';
import type { Definition } from '../../domain/surveys/definition.ts';
import { textOf } from '../../domain/surveys/definition-texts.ts';
import type { Rule } from '../../domain/surveys/rules.ts';
import { ConditionBuilder, type LogicLabels } from './condition-builder.tsx';
import { RuleAmount } from './rule-amount.tsx';

export interface RuleBuilderProps {
  /** Has a word for everything. */
  definition: Definition;
  rule: Rule;
  /** Place of its question, from 0. */
  index: number;
  labels: LogicLabels;
  onChange: (rule: Rule) => void;
}

/** What happens after a question, and when: people only move forward, so the goal is a later question. */
export function RuleBuilder({ definition, rule, index, labels, onChange }: RuleBuilderProps) {
  const later = definition.questions.slice(index + 1).map(({ id, text }) => ({
    value: id,
    label: textOf(definition, definition.defaultLanguage, text),
  }));
  const when = rule.when && { when: rule.when };
  const goal = rule.do === 'jump' ? rule.to : rule.do === 'skip' ? rule.question : '';
  const numbers = definition.values.filter(({ kind }) => kind === 'number').map(({ id }) => id);
  const choose = (act: string, to: string) => {
    const value = 'value' in rule ? rule.value : (numbers[0] ?? '');
    const amount = rule.do === 'set' ? rule.to : rule.do === 'add' ? rule.amount : 1;
    if (act === 'jump') onChange({ ...when, do: 'jump', to });
    else if (act === 'skip') onChange({ ...when, do: 'skip', question: to });
    else if (act === 'set') onChange({ ...when, do: 'set', value, to: amount });
    else if (act === 'add') onChange({ ...when, do: 'add', value, amount });
    else onChange({ ...when, do: 'end' });
  };
  const counts = rule.do === 'set' || rule.do === 'add';
  const acts = [
    ...(later.length > 0
      ? [
          { value: 'jump', label: 'go to' },
          { value: 'skip', label: 'leave out' },
        ]
      : []),
    { value: 'end', label: 'end the survey' },
    ...(numbers.length > 0 || counts
      ? [
          { value: 'add', label: 'add to a number' },
          { value: 'set', label: 'set a number' },
        ]
      : []),
  ];
  const gone = goal !== '' && later.every(({ value }) => value !== goal);
  return (
    <BlockStack gap="300">
      <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">
        <Select
          label="Then"
          options={acts}
          value={rule.do}
          onChange={(act) => choose(act, goal || (later[0]?.value ?? ''))}
        />
        {(rule.do === 'jump' || rule.do === 'skip') && (
          <Select
            label="Which question"
            options={gone ? [{ value: goal, label: 'A question that is gone' }, ...later] : later}
            value={goal}
            onChange={(to) => choose(rule.do, to)}
          />
        )}
        {counts && <RuleAmount {...{ definition, rule, index, numbers, onChange }} />}
      </InlineGrid>
      <ConditionBuilder
        definition={definition}
        condition={rule.when}
        questions={definition.questions.slice(0, index + 1)}
        labels={labels}
        onChange={(changed) => onChange({ ...rule, when: changed } as Rule)}
      />
    </BlockStack>
  );
}
