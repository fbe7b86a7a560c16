import { BlockStack } from '@shopify/polaris';
import type { SatisfactionReport } from '../../domain/prediction/satisfaction-backtest.ts';
import type { CareView } from '../../services/show-care.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatCount, formatDateTime, formatDay, formatPercent, plural } from '../format.ts';
import { CareCard, SatisfactionCalibrationCard, SatisfactionComparisonCard } from './satisfaction-charts.tsx';
import { careOutcomeText, careTestText, careText } from './care-words.ts';
import { calledText, onItsWayText, rightCallsText, satisfactionVerdict } from './satisfaction-words.ts';
import { VerdictCard } from './verdict-card.tsx';

type Part = NonNullable<PredictionsView['satisfaction']>;

interface SatisfactionSectionProps {
  part: Part;
  care: CareView;
  busy: boolean;
  onHide: (hidden: boolean) => void;
  timeZone: string;
}

/** Low ratings before anyone answers: the verdict, what it rests on, and the proof. */
export function SatisfactionSection({ part, care, busy, onHide, timeZone }: SatisfactionSectionProps) {
  const { ended, failed, hiddenByStaff } = part;
  const report = ended?.report ?? null;
  const tested = report && care.enabled ? careTestText(report, care.leastChance) : null;
  return (
    <BlockStack gap="400">
      <VerdictCard
        id="satisfaction"
        subject="Dissatisfaction, before anyone answers"
        words={satisfactionVerdict(part)}
        facts={[
          ...(ended ? [{ term: 'Fitted', text: formatDateTime(ended.run.startedAt, timeZone) }] : []),
          ...(report ? factsOf(report, timeZone) : []),
          ...(ended && !report ? [{ term: 'Rated so far', text: ratedText(ended.data) }] : []),
          { term: 'What follows', text: careText(part, care) },
          ...(tested === null
            ? []
            : [{ term: `Tested orders from ${formatPercent(care.leastChance)} on`, text: tested }]),
          { term: 'Cases in the last 30 days', text: careOutcomeText(care) },
        ]}
        failure={ended && failed ? (failed.reason ?? 'No reason was recorded.') : null}
        choice={ended?.run.status === 'kept' ? { hidden: hiddenByStaff, busy, onChange: onHide } : null}
      />
      {report && report.model.auc !== null && (
        <>
          <CareCard report={report} />
          <SatisfactionComparisonCard report={report} />
          <SatisfactionCalibrationCard report={report} />
        </>
      )}
    </BlockStack>
  );
}

const ratedText = ({ orders, rated, low }: NonNullable<Part['ended']>['data']): string =>
  `${formatCount(rated)} of ${plural(orders, 'order')}, ${formatCount(low)} of them low`;

function factsOf(report: SatisfactionReport, timeZone: string): { term: string; text: string }[] {
  const { model, trained, trainedLow, splitAt, onItsWay } = report;
  const rightCalls = rightCallsText(report);
  return [
    {
      term: 'Learnt from',
      text: `${plural(trained, 'rated order')}, ${plural(trainedLow, 'low rating')} among them`,
    },
    ...(splitAt === null
      ? []
      : [
          {
            term: 'Tested on',
            text: `${plural(model.n, 'rated order')} placed from ${formatDay(splitAt, timeZone)} on${model.baseRate === null ? '' : `, ${formatPercent(model.baseRate)} of them low`}`,
          },
        ]),
    ...(model.n > 0
      ? [{ term: `Called unhappy, from ${formatPercent(model.threshold)} on`, text: calledText(report) }]
      : []),
    ...(rightCalls === null ? [] : [{ term: 'Right calls', text: rightCalls }]),
    { term: 'Orders on their way', text: onItsWayText(onItsWay) },
  ];
}
