import { BlockStack, Button, Card, Icon, Text, UnstyledLink } from '@shopify/polaris';
import {
  AlertDiamondIcon,
  ChatIcon,
  DeliveryIcon,
  EmailIcon,
  OrderIcon,
  PointOfSaleIcon,
  QuestionCircleIcon,
  ReturnIcon,
  StarIcon,
} from '@shopify/polaris-icons';
import { useState } from 'react';
import type { TimelineEntry, TimelineKind } from '../infra/db/reads/views.ts';
import { formatClock, formatDay } from './format.ts';
import { timelineText } from './timeline-words.ts';

const KINDS: { kind: TimelineKind; label: string; icon: typeof OrderIcon }[] = [
  { kind: 'order', label: 'Orders', icon: OrderIcon },
  { kind: 'shipping', label: 'Delivery', icon: DeliveryIcon },
  { kind: 'refund', label: 'Refunds', icon: ReturnIcon },
  { kind: 'survey', label: 'Surveys', icon: QuestionCircleIcon },
  { kind: 'answer', label: 'Answers', icon: ChatIcon },
  { kind: 'action', label: 'Messages', icon: EmailIcon },
  { kind: 'points', label: 'Points', icon: PointOfSaleIcon },
  { kind: 'case', label: 'Cases', icon: AlertDiamondIcon },
  { kind: 'score', label: 'Score', icon: StarIcon },
];

const FIRST_SHOWN = 40;

interface TimelineProps {
  entries: TimelineEntry[];
  /** The one kind that is shown; null = everything. */
  only: string | null;
  onPick: (kind: TimelineKind | null) => void;
  currency: string;
  timeZone: string;
}

/** One story, newest first, under its days. Buttons pick the kinds of line; the choice stands in the address. */
export function TimelineCard({ entries, only, onPick, currency, timeZone }: TimelineProps) {
  const [limit, setLimit] = useState(FIRST_SHOWN);
  const present = KINDS.filter(({ kind }) => entries.some((entry) => entry.kind === kind));
  const chosen = entries.filter((entry) => only === null || entry.kind === only);
  const shown = chosen.slice(0, limit);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Timeline
        </Text>
        {present.length > 1 && (
          <div className="ac-chips" role="group" aria-label="Show in the timeline">
            <Button size="slim" pressed={only === null} onClick={() => onPick(null)}>
              Everything
            </Button>
            {present.map(({ kind, label }) => (
              <Button key={kind} size="slim" pressed={only === kind} onClick={() => onPick(kind)}>
                {label}
              </Button>
            ))}
          </div>
        )}
        {shown.length === 0 && (
          <Text as="p" tone="subdued">
            Nothing has happened yet.
          </Text>
        )}
        <ol className="ac-timeline">
          {shown.map((entry, index) => {
            const day = formatDay(entry.at, timeZone);
            const before = shown[index - 1];
            return (
              <li key={entry.id}>
                {(!before || formatDay(before.at, timeZone) !== day) && (
                  <h3 className="ac-timeline__day">{day}</h3>
                )}
                <Line entry={entry} currency={currency} timeZone={timeZone} />
              </li>
            );
          })}
        </ol>
        {chosen.length > limit && (
          <Button onClick={() => setLimit(limit + 200)} fullWidth>
            Show older
          </Button>
        )}
      </BlockStack>
    </Card>
  );
}

function Line({ entry, currency, timeZone }: { entry: TimelineEntry; currency: string; timeZone: string }) {
  const { title, detail, tone } = timelineText(entry, currency);
  const icon = KINDS.find(({ kind }) => kind === entry.kind)?.icon ?? OrderIcon;
  return (
    <div className="ac-timeline__entry">
      <time className="ac-timeline__time" dateTime={entry.at}>
        {formatClock(entry.at, timeZone)}
      </time>
      <span>
        <Icon source={icon} tone={tone ?? 'subdued'} />
      </span>
      <div className="ac-timeline__body">
        {entry.caseId ? <UnstyledLink url={`/app/cases/${entry.caseId}`}>{title}</UnstyledLink> : title}
        {entry.orderName && <Text as="span" tone="subdued">{` · order ${entry.orderName}`}</Text>}
        {detail && (
          <Text as="p" tone="subdued">
            {detail}
          </Text>
        )}
        {entry.comment && <blockquote className="ac-quote">{entry.comment}</blockquote>}
      </div>
    </div>
  );
}
