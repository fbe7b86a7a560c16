import {
  BlockStack,
  Button,
  Card,
  Checkbox,
  InlineError,
  InlineGrid,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { formatMoney } from '../../domain/core/money.ts';
import type { FindingCode } from '../../domain/surveys/check/finding.ts';
import type { Reward } from '../../domain/surveys/definition.ts';
import { describeCondition } from '../../domain/surveys/describe-rules.ts';
import { ConditionBuilder, firstTest, type LogicLabels } from './condition-builder.tsx';
import {
  amountOf,
  amountText,
  changeOffer,
  chooseReward,
  type RewardKind,
  switchIncentive,
  switchReview,
} from './edit-offers.ts';
import { faultAt } from './fault-at.ts';
import { NumberInput } from './number-input.tsx';
import { TextInput } from './text-input.tsx';
import type { SurveyEditorState } from './use-survey-editor.ts';

export interface OffersPanelProps {
  editor: SurveyEditorState;
  labels: LogicLabels;
}

/** The request for a public review: the same for everyone who answered. */
export function ReviewPanel({ editor, labels }: OffersPanelProps) {
  const { draft, change } = editor;
  return (
    <Card>
      <BlockStack gap="300">
        <Checkbox
          label="Ask for a public review"
          helpText="Everyone who answered is asked, whatever the rating; whoever got a case, once it is closed. Asking only the satisfied is forbidden."
          checked={draft.reviewAsk !== undefined}
          onChange={(on) => change((now) => switchReview(now, on))}
        />
        {draft.reviewAsk && (
          <>
            <TextInput editor={editor} path="reviewAsk.text" label="Review request" multiline />
            <TextField
              type="url"
              label="Address of the review page"
              placeholder="https://"
              autoComplete="off"
              value={draft.reviewAsk.url}
              error={faultAt(editor, 'reviewAsk.url')}
              onChange={(url) => change((now) => changeOffer(now, 'reviewAsk', { url }))}
            />
            <OfferCondition {...{ editor, labels }} offer="reviewAsk" everyone="Everyone is asked." />
            <OfferFindings editor={editor} codes={['review_gating']} />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

const REWARDS: { value: RewardKind; label: string }[] = [
  { value: 'percent_off', label: 'Discount code, percent' },
  { value: 'amount_off', label: 'Discount code, amount' },
  { value: 'points', label: 'Points' },
];

/** What completing the survey is rewarded with. */
export function IncentivePanel({ editor, labels }: OffersPanelProps) {
  const { draft, change } = editor;
  const { incentive } = draft;
  const set = (fields: object) => change((now) => changeOffer(now, 'incentive', fields));
  const fault = (path: string) => faultAt(editor, `incentive.${path}`);
  return (
    <Card>
      <BlockStack gap="300">
        <Checkbox
          label="Reward those who complete it"
          helpText="For answering, whatever the answer. These answers are marked, since a reward may shift what people say."
          checked={incentive !== undefined}
          onChange={(on) => change((now) => switchIncentive(now, on))}
        />
        {incentive && (
          <>
            <TextInput
              editor={editor}
              path="incentive.text"
              label="Promise before the first question"
              multiline
            />
            <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">
              <Select
                label="Reward"
                options={REWARDS}
                value={incentive.reward.kind}
                onChange={(kind) => change((now) => chooseReward(now, kind as RewardKind))}
              />
              <RewardSize
                key={incentive.reward.kind}
                reward={incentive.reward}
                currency={labels.currency}
                fault={fault}
                onChange={(reward) => set({ reward })}
              />
              <NumberInput
                label="How many in all"
                help="Then the promise is no longer shown."
                value={incentive.budget}
                error={fault('budget')}
                onChange={(budget) => set({ budget })}
              />
              {incentive.reward.kind !== 'points' && (
                <NumberInput
                  label="Code is valid for"
                  suffix="days"
                  value={incentive.validDays}
                  error={fault('validDays')}
                  onChange={(validDays) => set({ validDays })}
                />
              )}
            </InlineGrid>
            <OfferCondition {...{ editor, labels }} offer="incentive" everyone="Everyone gets it." />
            <OfferFindings
              editor={editor}
              codes={['incentive_on_score', 'incentive_for_visitors', 'identity_incentive']}
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function RewardSize(props: {
  reward: Reward;
  currency: string;
  fault: (path: string) => string | undefined;
  onChange: (reward: object) => void;
}) {
  const { reward, currency, fault, onChange } = props;
  // What is being typed is no amount yet at every key.
  const [typed, setTyped] = useState(
    reward.kind === 'amount_off' ? amountText(reward.amountMinor, currency) : '',
  );
  if (reward.kind === 'percent_off') {
    return (
      <NumberInput
        label="Percent off"
        suffix="%"
        value={reward.percent}
        error={fault('reward.percent')}
        onChange={(percent) => onChange({ ...reward, percent })}
      />
    );
  }
  if (reward.kind === 'points') {
    return (
      <NumberInput
        label="Points"
        value={reward.points}
        error={fault('reward.points')}
        onChange={(points) => onChange({ ...reward, points })}
      />
    );
  }
  return (
    <TextField
      label="Amount off"
      suffix={currency}
      inputMode="decimal"
      autoComplete="off"
      // What was taken back elsewhere is shown as it is now.
      value={
        amountOf(typed, currency) === reward.amountMinor ? typed : amountText(reward.amountMinor, currency)
      }
      error={fault('reward.amountMinor') && 'Enter an amount such as 5.00.'}
      onChange={(text) => {
        setTyped(text);
        onChange({ ...reward, amountMinor: amountOf(text, currency) });
      }}
    />
  );
}

function OfferCondition(props: OffersPanelProps & { offer: 'reviewAsk' | 'incentive'; everyone: string }) {
  const { editor, labels, offer, everyone } = props;
  const { draft, named, change } = editor;
  const when = draft[offer]?.when;
  const set = (condition: typeof when) => change((now) => changeOffer(now, offer, { when: condition }));
  if (!when) {
    return (
      <BlockStack gap="200" inlineAlign="start">
        <Text as="p">{everyone}</Text>
        <Button
          variant="plain"
          accessibilityLabel={`Only for some orders: ${offer === 'incentive' ? 'reward' : 'review request'}`}
          onClick={() => set(firstTest({ questions: [], labels }))}
        >
          Only for some orders…
        </Button>
      </BlockStack>
    );
  }
  const money = (minor: number) => formatMoney(minor, labels.currency);
  return (
    <BlockStack gap="200">
      <Text as="p">{`Only if ${describeCondition(named, when, null, { ...labels, money })}.`}</Text>
      <ConditionBuilder definition={named} condition={when} questions={[]} labels={labels} onChange={set} />
    </BlockStack>
  );
}

function OfferFindings({ editor, codes }: { editor: SurveyEditorState; codes: FindingCode[] }) {
  return editor.findings
    .filter(({ code }) => codes.includes(code))
    .map(({ code, message }) => <InlineError key={message} fieldID={code} message={message} />);
}
