import { BlockStack } from '@shopify/polaris';
import type { ValueReport } from '../../domain/prediction/customer-value-backtest.ts';
import { valueSentence } from '../../domain/prediction/customer-value-words.ts';
import type { PurchaseReport } from '../../domain/prediction/purchase-report.ts';
import { formatMoney } from '../../domain/core/money.ts';
import type { PredictionsView, PurchaseData } from '../../services/show-predictions.ts';
import { formatCount, formatDateTime, formatPercent, plural } from '../format.ts';
import { ComparisonCard } from './comparison-card.tsx';
import { PurchaseCalibrationCard, DecileCard, WindowsCard } from './purchase-charts.tsx';
import { dayText, purchaseVerdict } from './purchase-words.ts';
import { VerdictCard } from './verdict-card.tsx';

interface PurchaseSectionProps {
  view: PredictionsView;
  busy: boolean;
  onHide: (hidden: boolean) => void;
  currency: string;
  timeZone: string;
}

/** Churn and value: the verdict, what it rests on, and the proof. */
export function PurchaseSection({ view, busy, onHide, currency, timeZone }: PurchaseSectionProps) {
  const { ended, failed, hiddenByStaff } = view.purchases;
  const report = ended?.report ?? null;
  const proven = report !== null && report.model.brier !== null;
  return (
    <BlockStack gap="400">
      <VerdictCard
        id="purchases"
        subject="Orders and value"
        words={purchaseVerdict(view)}
        facts={[
          ...(ended ? [{ term: 'Fitted', text: formatDateTime(ended.run.startedAt, timeZone) }] : []),
          ...(ended?.run.horizonDays ? [horizonFact(ended.run.horizonDays, report, view.horizonDays)] : []),
          ...(report ? factsOf(report, currency) : []),
          ...(ended ? leftOut(ended.data) : []),
        ]}
        failure={ended && failed ? (failed.reason ?? 'No reason was recorded.') : null}
        choice={report?.verdict.shown ? { hidden: hiddenByStaff, busy, onChange: onHide } : null}
      />
      {proven && (
        <>
          <ComparisonCard report={report} />
          <DecileCard report={report} />
          <PurchaseCalibrationCard report={report} />
          <WindowsCard report={report} />
        </>
      )}
    </BlockStack>
  );
}

/**
 * How far ahead the model looks: as far as could be tested, which in a young shop is less than what was asked for. Whoever
 * chose otherwise since waits for the next fit.
 */
function horizonFact(
  fittedDays: number,
  report: PurchaseReport | null,
  wantedDays: number,
): { term: string; text: string } {
  const fitted = `the orders of the next ${plural(fittedDays, 'day')}`;
  const askedDays = report?.wantedDays ?? fittedDays;
  const young = askedDays > fittedDays ? ': so many could be tested' : '';
  const upTo = wantedDays > fittedDays ? 'up to ' : '';
  const later =
    askedDays === wantedDays
      ? young && `; ${wantedDays} once there are as many`
      : `; from the next fit on of ${upTo}${plural(wantedDays, 'day')}, as chosen in Settings`;
  return { term: 'Predicted', text: `${fitted}${young}${later}` };
}

function factsOf(report: PurchaseReport, currency: string): { term: string; text: string }[] {
  const { data, endDay, horizonDays, model, decileCoverage, revenue, windows, value } = report;
  const first = dayText(endDay - Math.floor(data.historyDays));
  const oldest = windows.at(-1)?.endDay ?? endDay;
  const covered = [
    ...(model.intervalCoverage === null ? [] : [`${formatPercent(model.intervalCoverage)} of buyers`]),
    ...(decileCoverage === null ? [] : [`${formatPercent(decileCoverage)} of the groups`]),
  ];
  return [
    {
      term: 'Learnt from',
      text: `${plural(data.buyers, 'buyer')}, ${plural(data.purchaseDays, 'day')} with an order, ${first} to ${dayText(endDay)}`,
    },
    {
      term: 'Tested on',
      text: `${plural(data.heldOut, 'buyer')}, ${dayText(oldest + 1)} to ${dayText(endDay + horizonDays)}, ${plural(Math.max(1, windows.length), 'period')} of ${plural(horizonDays, 'day')}`,
    },
    ...(covered.length > 0
      ? [{ term: 'Within their 80% interval', text: `${covered.join(', ')} (good: 75% to 85%)` }]
      : []),
    ...(model.topDecileShare === null
      ? []
      : [
          {
            term: 'Top tenth of buyers',
            text: `placed ${formatPercent(model.topDecileShare)} of the orders that came`,
          },
        ]),
    ...(revenue && revenue.actualMinor > 0
      ? [
          {
            term: 'Revenue of the tested days',
            text: `${formatMoney(Math.round(revenue.predictedMinor), currency)} predicted, ${formatMoney(Math.round(revenue.actualMinor), currency)} came`,
          },
        ]
      : []),
    ...(value ? valueFacts(value, currency) : []),
    ...(data.earlierWindows > 0
      ? [
          {
            term: 'Corrected by',
            text: `${plural(data.earlierWindows, 'earlier period')} of your own shop`,
          },
        ]
      : []),
  ];
}

/** The proof of what customers are said to be worth, which is judged over a longer time than their orders. */
function valueFacts(value: ValueReport, currency: string): { term: string; text: string }[] {
  const { endDay, days, buyers, predictedMinor, actualMinor, coverage } = value;
  const money = (minor: number) => formatMoney(Math.round(minor), currency);
  return [
    { term: 'Customer value', text: valueSentence(value) },
    ...(buyers > 0
      ? [
          {
            term: 'Value tested on',
            text: `${plural(buyers, 'buyer')}, ${dayText(endDay + 1)} to ${dayText(endDay + days)}: ${money(predictedMinor)} predicted, ${money(actualMinor)} came`,
          },
        ]
      : []),
    ...(coverage === null
      ? []
      : [
          {
            term: 'Values within their 80% interval',
            text: `${formatPercent(coverage)} of buyers (good: 75% to 85%)`,
          },
        ]),
  ];
}

/** What was not counted as a purchase, each with why. */
function leftOut(data: PurchaseData): { term: string; text: string }[] {
  const reasons: [number, string][] = [
    [data.test, 'of tests'],
    [data.cancelled, 'cancelled'],
    [data.unpaid, 'never paid'],
    [data.withoutCustomer, 'without a customer'],
  ];
  const parts = reasons
    .filter(([orders]) => orders > 0)
    .map(([orders, why]) => `${formatCount(orders)} ${why}`);
  return [
    ...(parts.length > 0 ? [{ term: 'Orders left out', text: parts.join(', ') }] : []),
    {
      term: 'Orders placed by staff',
      text:
        data.staff === null
          ? 'counted like any other: Shopify does not tell them apart, and Settings name no e-mail domain of yours'
          : `${formatCount(data.staff)} left out, by the e-mail domains in Settings`,
    },
  ];
}
