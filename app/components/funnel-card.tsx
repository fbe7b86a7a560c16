import { BlockStack, Card, Text } from '@shopify/polaris';
import { FUNNEL_STEPS, type FunnelReport, type Part } from '../services/show-funnel.ts';
import { formatCount } from './format.ts';
import { funnelFinding, reasonsFinding, shareWords, STEP_WORDS } from './funnel-words.ts';
import { NumbersTable, shareCells } from './share-table.tsx';
import { reasonText } from './words.ts';

interface Row {
  key: string;
  label: string;
  part: Part;
  /** Of whom the share is. */
  of: string;
}

const OF_ELIGIBLE = 'of all who were eligible';

/** From everybody who was to be asked to who finished: bars, each with its share of the one it is a part of. */
export function FunnelCard({ report, about }: { report: FunnelReport; about: string }) {
  const { eligible, suppressed, deferred, offered, steps, answeredElsewhere } = report;
  const rows: Row[] = [
    { key: 'suppressed', label: 'Held back', part: suppressed, of: OF_ELIGIBLE },
    { key: 'deferred', label: 'Put off', part: deferred, of: OF_ELIGIBLE },
    ...(offered.count > 0
      ? [{ key: 'offered', label: 'Offered on the order page', part: offered, of: OF_ELIGIBLE }]
      : []),
    ...FUNNEL_STEPS.map((step) => ({ key: step, part: steps[step], ...STEP_WORDS[step] })),
  ];
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {funnelFinding(report)}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            Invitations, {about}
          </Text>
        </BlockStack>
        <ul className="ac-bars">
          <li>
            <span>Eligible</span>
            <span className="ac-bars__count">{formatCount(eligible)}</span>
            <Bar kind="eligible" width={1} />
          </li>
          {rows.map(({ key, label, part, of }) => (
            <li key={key}>
              <span>{label}</span>
              <span className="ac-bars__count">{formatCount(part.count)}</span>
              <Bar kind={key} width={part.count / eligible} />
              <span className="ac-bars__share">{shareWords(part.share, of)}</span>
            </li>
          ))}
        </ul>
        <NumbersTable
          id="funnel-numbers"
          caption={`What became of ${formatCount(eligible)} invitations`}
          columns={['Step', 'Count', 'Of', 'Share', '95% interval']}
          rows={[
            { key: 'eligible', cells: ['Eligible', formatCount(eligible), '–', '–', '–'] },
            ...rows.map(({ key, label, part }) => ({
              key,
              cells: [label, formatCount(part.count), formatCount(part.share.n), ...shareCells(part.share)],
            })),
          ]}
        />
        <BlockStack gap="100">
          {answeredElsewhere > 0 && (
            <Note>
              {formatCount(answeredElsewhere)} of those sent answered on another surface instead of by the
              link.
            </Note>
          )}
          <Note>
            Accepted means that the mail server took the message; whether it bounced later is not reported
            back. That a mail was opened is not counted at all: mail programs load pictures by themselves, and
            scanners open every link. The survey page counts as opened with the first tap, key or scroll of a
            person on it.
          </Note>
          {offered.count > 0 && (
            <Note>Every order counts as offered, also where nobody saw the block on its page.</Note>
          )}
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

/** Why invitations were held back. */
export function HeldBackCard({ report }: { report: FunnelReport }) {
  const { reasons, suppressed } = report;
  if (reasons.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {reasonsFinding(report)}
        </Text>
        <ul className="ac-bars">
          {reasons.map(({ reason, ...part }) => (
            <li key={reason}>
              <span>{reasonText(reason)}</span>
              <span className="ac-bars__count">{formatCount(part.count)}</span>
              <Bar kind="suppressed" width={part.count / suppressed.count} />
              <span className="ac-bars__share">{shareWords(part.share, 'of those held back')}</span>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function Bar({ kind, width }: { kind: string; width: number }) {
  return (
    <span className="ac-bars__track" aria-hidden="true">
      {width > 0 && (
        <span className={`ac-bars__bar ac-bars__bar--${kind}`} style={{ width: `${100 * width}%` }} />
      )}
    </span>
  );
}

function Note({ children }: { children: React.ReactNode }) {
  return (
    <Text as="p" variant="bodySm" tone="subdued">
      {children}
    </Text>
  );
}
