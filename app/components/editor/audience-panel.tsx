import { BlockStack, Button, Card, Text } from '@shopify/polaris';
import { useEffect, useRef } from 'react';
import { formatMoney } from '../../domain/core/money.ts';
import { describeCondition } from '../../domain/surveys/describe-rules.ts';
import type { CountMatchingOutcome } from '../../services/count-matching.ts';
import { formatCount, plural } from '../format.ts';
import type { Sender } from '../use-feedback.ts';
import { surveyLabel } from '../words.ts';
import { ConditionBuilder, type LogicLabels } from './condition-builder.tsx';
import { changeSurvey } from './edit-questions.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

export interface AudiencePanelProps {
  editor: SurveyEditorState;
  labels: LogicLabels;
  counting: Sender<{ count?: CountMatchingOutcome }>;
}

/** How long a condition stays as it is before it is counted. */
const SETTLED_MS = 400;

/** For which orders the survey is, with how many customers that would be now. */
export function AudiencePanel({ editor, labels, counting }: AudiencePanelProps) {
  const { draft, named, change } = editor;
  const { target, kind } = draft;
  const money = (minor: number) => formatMoney(minor, labels.currency);
  useCounting(target && JSON.stringify(target), counting);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Who gets it
        </Text>
        <Text as="p">
          {target
            ? `Orders of which this is true: ${describeCondition(named, target, null, { ...labels, money })}.`
            : `Everyone who is due for the ${surveyLabel(kind).toLowerCase()}.`}
        </Text>
        <ConditionBuilder
          definition={named}
          condition={target}
          questions={[]}
          labels={labels}
          onChange={(next) => change((now) => changeSurvey(now, { target: next }))}
        />
        {target && (
          <>
            <Text as="p" fontWeight="semibold">
              <span role="status">{countSentence(counting)}</span>
            </Text>
            <div>
              <Button
                variant="plain"
                onClick={() => change((now) => changeSurvey(now, { target: undefined }))}
              >
                Ask everyone
              </Button>
            </div>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

/** Asks for the count once the condition has settled. */
function useCounting(target: string | undefined, counting: AudiencePanelProps['counting']): void {
  const sender = useRef(counting);
  useEffect(() => {
    sender.current = counting;
  });
  useEffect(() => {
    if (target === undefined) return;
    const timer = setTimeout(
      () => sender.current.submit({ intent: 'count', target }, { method: 'post' }),
      SETTLED_MS,
    );
    return () => clearTimeout(timer);
  }, [target]);
}

/** "12 of 340 customers match now, by their latest order." */
export function countSentence({ state, data }: AudiencePanelProps['counting']): string {
  const count = data?.count;
  if (state === 'submitting' || !count) return 'Counting…';
  if (count.outcome === 'invalid') return 'Complete the conditions to see how many match.';
  const { matching, customers, bounded } = count;
  if (customers === 0) return 'No customer has ordered yet.';
  const among = bounded ? `the last ${formatCount(customers)} customers` : plural(customers, 'customer');
  return `${formatCount(matching)} of ${among} ${matching === 1 ? 'matches' : 'match'} now, by their latest order.`;
}
