import { MAX_PARTS } from '../../domain/surveys/conditions.ts';
import { BlockStack, Button, InlineStack, Select, Text } from '@shopify/polaris';
import type { Definition } from '../../domain/surveys/definition.ts';
import { describeCondition } from '../../domain/surveys/describe-rules.ts';
import type { Condition } from '../../domain/surveys/conditions.ts';
import { isRating, type DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import type { SoldCollection, SoldProduct } from '../../infra/db/reads/own-survey-views.ts';
import { ConditionTest } from './condition-test.tsx';
import {
  readGroup,
  testOfAnswer,
  testOfFact,
  writeGroup,
  type FirstIds,
  type Part,
  type PartGroup,
  type Test,
  type TestGroup,
} from './edit-conditions.ts';

/** How ids and amounts are called. */
export interface LogicLabels {
  product: (id: string) => string;
  products: SoldProduct[];
  collection: (id: string) => string;
  collections: SoldCollection[];
  currency: string;
}

export interface ConditionBuilderProps {
  /** Has a word for everything. */
  definition: Definition;
  condition: Condition | undefined;
  /** Whose answers may be asked for: they stand before. */
  questions: DefinitionQuestion[];
  labels: LogicLabels;
  /** undefined: no test is left. */
  onChange: (condition: Condition | undefined) => void;
}

/** What a new condition on products or collections begins with. */
export const firstIds = ({ products, collections }: LogicLabels): FirstIds => ({
  product: products[0]?.id ?? '',
  collection: collections[0]?.id ?? '',
});

const MODES = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'any of these' },
];

/** Tests joined by all or any, and groups of tests joined the other way. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { definition, condition, labels, onChange } = props;
  const group = readGroup(condition);
  const write = (next: PartGroup) => onChange(writeGroup(next));
  const setPart = (index: number, part: Part | null) =>
    write({ ...group, parts: group.parts.toSpliced(index, 1, ...(part ? [part] : [])) });
  const add = (part: Part) => write({ ...group, parts: [...group.parts, part] });
  const first = firstTest(props);
  const full = group.parts.length >= MAX_PARTS;
  return (
    <BlockStack gap="300">
      {group.parts.length > 1 && (
        <Select
          label="Met by"
          options={MODES}
          value={group.mode}
          onChange={(mode) => write({ ...group, mode: mode as PartGroup['mode'] })}
        />
      )}
      {group.parts.map((part, index) => (
        // Parts have no ids of their own; a removed one takes nothing with it, all state is in the draft.
        <div key={index}>
          {part.kind === 'test' && (
            <ConditionTest
              {...props}
              test={part.test}
              onChange={(test) => setPart(index, test && { kind: 'test', test })}
            />
          )}
          {part.kind === 'group' && (
            <Group
              {...props}
              group={part.group}
              onGroup={(inner) =>
                setPart(index, inner.tests.length > 0 ? { kind: 'group', group: inner } : null)
              }
            />
          )}
          {part.kind === 'fixed' && (
            <InlineStack gap="200" blockAlign="center">
              <Text as="span">{describeCondition(definition, part.condition, null, labels)}</Text>
              <Button variant="plain" tone="critical" onClick={() => setPart(index, null)}>
                Remove
              </Button>
            </InlineStack>
          )}
        </div>
      ))}
      <InlineStack gap="200">
        <Button disabled={full} onClick={() => add({ kind: 'test', test: first })}>
          Add condition
        </Button>
        {group.parts.length > 0 && (
          <Button
            disabled={full}
            onClick={() =>
              add({
                kind: 'group',
                group: { mode: group.mode === 'all' ? 'any' : 'all', tests: [first, first] },
              })
            }
          >
            Add group
          </Button>
        )}
      </InlineStack>
    </BlockStack>
  );
}

/** The last rating is what most conditions ask for; without any question, the order. */
export function firstTest({ questions, labels }: Pick<ConditionBuilderProps, 'questions' | 'labels'>): Test {
  const question = questions.findLast(isRating) ?? questions.at(-1);
  return question ? testOfAnswer(question) : testOfFact('order_count', firstIds(labels));
}

function Group(props: ConditionBuilderProps & { group: TestGroup; onGroup: (group: TestGroup) => void }) {
  const { group, onGroup } = props;
  return (
    <div className="ac-group" role="group" aria-label="Group of conditions">
      <BlockStack gap="300">
        <Select
          label="This group is met by"
          options={MODES}
          value={group.mode}
          onChange={(mode) => onGroup({ ...group, mode: mode as TestGroup['mode'] })}
        />
        {group.tests.map((test, index) => (
          <ConditionTest
            key={index}
            {...props}
            test={test}
            onChange={(changed) =>
              onGroup({ ...group, tests: group.tests.toSpliced(index, 1, ...(changed ? [changed] : [])) })
            }
          />
        ))}
        <div>
          <Button
            disabled={group.tests.length >= MAX_PARTS}
            onClick={() => onGroup({ ...group, tests: [...group.tests, firstTest(props)] })}
          >
            Add condition to the group
          </Button>
        </div>
      </BlockStack>
    </div>
  );
}
