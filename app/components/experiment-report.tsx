import { Banner, BlockStack, Card, List, Text } from '@shopify/polaris';
import type { Estimate } from '../domain/reports/estimate.ts';
import type { ArmReport, ExperimentReport } from '../services/show-experiment.ts';
import { ExperimentPicture } from './experiment-picture.tsx';
import {
  gapWords,
  moreWords,
  shiftWords,
  splitWarnings,
  treatmentWords,
  verdictHeading,
} from './experiment-words.ts';
import { formatCount, formatNumber, formatPercentFine, plural } from './format.ts';
import { NumbersTable } from './share-table.tsx';

/** What the experiment says, the picture of it, and every number behind. */
export function ExperimentReportView({
  report,
  surveys,
}: {
  report: ExperimentReport;
  /** The names of the shop's own surveys by id. */
  surveys: Readonly<Record<string, string>>;
}) {
  const { experiment, arms, answerDays } = report;
  const started = experiment.status !== 'draft';
  // Where the lot did not decide who is where, any difference may come from that.
  const comparable = report.judgement.split.outcome !== 'mismatch';
  // Looked at again and again, some score differs by chance sooner or later.
  const readable = comparable && report.judgement.stage === 'final';
  const shifts = arms.flatMap(({ arm, shift }) => (readable && shift ? [shiftWords(arm.name, shift)] : []));
  const rewarded = arms.reduce((sum, arm) => sum + arm.rewarded, 0);
  return (
    <BlockStack gap="400">
      {splitWarnings(report).map((warning) => (
        <Banner key={warning} tone="warning" title="The arms cannot be compared">
          <p>{warning}</p>
        </Banner>
      ))}
      {shifts.map((warning) => (
        <Banner key={warning} tone="warning" title="The score may not be comparable">
          <p>{warning}</p>
        </Banner>
      ))}
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {verdictHeading(report)}
          </Text>
          <Text as="p">{moreWords(report)}</Text>
          <List>
            {arms.map(({ arm }) => (
              <List.Item key={arm.id}>
                {armWords(arm.name, treatmentWords(experiment.dimension, arm, surveys))}
              </List.Item>
            ))}
          </List>
        </BlockStack>
      </Card>
      {started && (
        <>
          <ExperimentPicture report={report} />
          <Card>
            <BlockStack gap="200">
              <NumbersTable
                id="arm-numbers"
                caption={`Every number of “${experiment.name}”`}
                columns={COLUMNS}
                rows={arms.map((arm) => ({ key: arm.arm.id, cells: cellsOf(arm) }))}
              />
              <Note>
                One person counts once, by the first survey that was planned for them in the experiment.
                Asked: the mail server took the mail, or the survey was offered on your pages from the day on
                which it would have been mailed. Counted: of those, the first{' '}
                {formatCount(experiment.planned)} per arm, as soon as {answerDays} days have passed. Everyone:
                all who fell to the arm and about whom it is decided, also those who were held back. Answers
                that are held back never count.
              </Note>
              {rewarded > 0 && (
                <Note>{plural(rewarded, 'answer')} of those counted were given for an incentive.</Note>
              )}
              {arms.length > 2 && (
                <Note>
                  With more than one variant each has to pass its part of the 5% to count as different.
                </Note>
              )}
            </BlockStack>
          </Card>
        </>
      )}
    </BlockStack>
  );
}

/** An arm is often called by what is done. */
const armWords = (name: string, treatment: string) => (name === treatment ? name : `${name}: ${treatment}`);

const COLUMNS = [
  ...[
    'Arm',
    'People',
    'Asked',
    'Counted',
    'Answered',
    'For an incentive',
    'Share answered',
    'To the control',
  ],
  ...['Of everyone', 'Everyone to the control', 'Score of 100', 'Score to the control'],
];

function cellsOf({ arm, ...of }: ArmReport): string[] {
  return [
    arm.name,
    ...[of.assigned, of.delivered, of.counted, of.answered, of.rewarded].map(formatCount),
    figure(of.rate, formatPercentFine),
    of.gap ? gapWords(of.gap, 100) : '–',
    figure(of.everyone, formatPercentFine),
    of.everyoneGap ? gapWords(of.everyoneGap, 100) : '–',
    figure(of.score, (value) => formatNumber(value, 1)),
    of.scoreGap ? gapWords(of.scoreGap, 1) : '–',
  ];
}

function figure(estimate: Estimate, write: (value: number) => string): string {
  if (estimate.outcome === 'not_enough') return `not enough data (n = ${estimate.n})`;
  const { value, low, high, n } = estimate;
  return `${write(value)} (${write(low)} to ${write(high)}, n = ${formatCount(n)})`;
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {children}
    </Text>
  );
}
