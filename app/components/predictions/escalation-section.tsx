import { BlockStack, Card, Text } from '@shopify/polaris';
import type { EscalationReason } from '../../domain/prediction/escalation.ts';
import type { EscalationReport } from '../../domain/prediction/escalation-backtest.ts';
import type { EscalationForecast } from '../../services/show-escalations.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatChance, formatCount, formatDateTime, formatNumber, formatPercent, plural } from '../format.ts';
import { NumbersTable } from '../share-table.tsx';
import type { VerdictWords } from './purchase-words.ts';
import { VerdictCard } from './verdict-card.tsx';

type Part = NonNullable<PredictionsView['escalation']>;

/** Which cases take more than one contact: the verdict, what it rests on, and what came of the tested ones. */
export function EscalationSection({ part, timeZone }: { part: Part; timeZone: string }) {
  const { ended, failed } = part;
  const report = ended?.report ?? null;
  const tested = report?.verdict.reason === 'few_cases' ? null : report;
  return (
    <BlockStack gap="400">
      <VerdictCard
        id="escalation"
        subject="Escalation of cases"
        words={escalationVerdict(part)}
        facts={[
          ...(ended ? [{ term: 'Fitted', text: formatDateTime(ended.run.startedAt, timeZone) }] : []),
          ...(ended ? [{ term: 'Settled cases', text: settledText(ended.data) }] : []),
          ...(tested ? [{ term: 'Tested on', text: testedText(tested) }] : []),
          {
            term: 'What counts',
            text: 'The customer complains again while the case is open, makes it worse, has it reopened, has another case of the same kind or order by a week after closing, or charges the order back',
          },
        ]}
        failure={ended && failed ? (failed.reason ?? 'No reason was recorded.') : null}
        choice={null}
      />
      {tested && (
        <Card>
          <NumbersTable
            id="calibration-escalation"
            caption="Chance of more than one contact, predicted and actual"
            columns={['Predicted', 'Took more than one', 'Cases']}
            rows={tested.calibration.map(({ n, predicted, actual }, index) => ({
              key: String(index),
              cells: [formatPercent(predicted), formatPercent(actual), formatCount(n)],
            }))}
          />
        </Card>
      )}
    </BlockStack>
  );
}

/** The verdict on predicted escalations. */
export function escalationVerdict({ ended, failed, running }: Part): VerdictWords {
  const why = ended?.run.reason ?? failed?.reason;
  const silent = 'No case is marked meanwhile: no rule stands in for a model.';
  if (ended?.run.status === 'kept') {
    return {
      badge: { label: 'Shown', tone: 'success' },
      title: 'Shown: the predictions passed their back-test',
      sentence:
        'On cases they had not seen they tell better than one share for all which take more than one contact. Such cases are marked “May escalate”.',
    };
  }
  if (ended?.report && ended.report.verdict.reason !== 'few_cases') {
    const title = 'Hidden: the predictions did not pass their back-test';
    return { badge: { label: 'Hidden', tone: 'warning' }, title, sentence: `${why} ${silent}` };
  }
  const wait = running ? 'The first fit is under way.' : (why ?? 'The first fit runs by itself.');
  const label = ended?.report ? 'Not enough data' : 'Not fitted yet';
  return {
    badge: { label, tone: 'info' },
    title: 'Nothing is predicted yet',
    sentence: `${wait} ${silent}`,
  };
}

const settledText = ({ cases, escalated }: NonNullable<Part['ended']>['data']): string =>
  `${plural(cases, 'case')}, ${formatCount(escalated)} of which took more than one contact`;

function testedText({ n, escalated, auc, brier, baseRateBrier, ece }: EscalationReport): string {
  const figures = [
    auc === null ? null : `AUC ${formatNumber(auc, 2)}`,
    brier === null ? null : `Brier ${formatNumber(brier, 3)}`,
    baseRateBrier === null ? null : `one share for all ${formatNumber(baseRateBrier, 3)}`,
    ece === null ? null : `calibration error ${formatNumber(ece, 3)}`,
  ].filter((text) => text !== null);
  return `${plural(n, 'newer case')}, ${formatCount(escalated)} of which took more than one; ${figures.join(', ')}`;
}

const REASONS: Record<EscalationReason, string> = {
  source: 'where it came from',
  severity: 'how severe it is',
  critical: 'how urgent it is',
  value: 'what the order is worth',
  earlier_cases: 'the customer’s earlier cases',
  earlier_orders: 'the customer’s earlier orders',
  lateness: 'how late the order came',
  delivery: 'how long ago the order came',
  words: 'how much the customer wrote',
};

/** On the page of a case: that it may escalate, and why; nothing where it is not likely. */
export function CaseEscalation({ forecast }: { forecast: EscalationForecast | undefined }) {
  if (!forecast) return null;
  const { probability, low, high, usualShare, reasons } = forecast;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          May escalate
        </Text>
        <Text as="p">
          {`${formatChance(probability)} chance that it takes more than one contact (80% interval ${formatPercent(low)} to ${formatPercent(high)}), against ${formatPercent(usualShare)} of all cases.`}
        </Text>
        {reasons.length > 0 && (
          <Text as="p" tone="subdued">
            {`What speaks for it: ${reasons.map((reason) => REASONS[reason]).join(', ')}.`}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
