import { Badge, Button, Text, UnstyledLink } from '@shopify/polaris';
import type { ResponseRow } from '../infra/db/reads/response-views.ts';
import { formatAgo, formatCount, formatDateTime, formatMonth, personName } from './format.ts';
import { ResponseFiles } from './response-files.tsx';
import { RouteWord } from './route-word.tsx';
import {
  holdReason,
  ratingText,
  responseStatus,
  ruleSentence,
  scaleText,
  surfaceLabel,
  surveyLabel,
} from './words.ts';

export interface ResponseEntryProps {
  row: ResponseRow;
  /** The shop's, for links into Shopify. */
  domain: string;
  timeZone: string;
  now: string;
  busy: boolean;
  /** Opens the question whether it shall be held back, or count again. */
  ask: (row: ResponseRow) => void;
}

/** A guest's answer at checkout, which no order can ever confirm. */
function whyNot({ status, claimed, surface }: ResponseRow): string | null {
  return status === 'unverified' && !claimed && surface === 'checkout'
    ? 'Nothing proves whose it is: given at checkout without logging in. In no score, and no case is opened.'
    : null;
}

/** One answer: the rating, the words of the customer as they wrote them, and whose they are. */
export function ResponseEntry({ row, domain, timeZone, now, busy, ask }: ResponseEntryProps) {
  const status = responseStatus(row.status);
  const scale = scaleText(row.metric);
  const rating = ratingText(row.metric, row.rating);
  const act = row.status === 'quarantined' ? 'Restore' : 'Quarantine';
  return (
    <article className="ac-response" aria-label={`${rating}, ${whoOf(row)}`}>
      <div className="ac-narrow__top">
        <Text as="h3" variant="headingSm">
          {rating}
          {scale && (
            <Text as="span" variant="bodySm" tone="subdued" fontWeight="regular">
              {' '}
              ({scale})
            </Text>
          )}
        </Text>
        <RouteWord route={row.route} />
      </div>
      {row.comment ? (
        <blockquote className="ac-quote">{row.comment}</blockquote>
      ) : (
        <Text as="p" tone="subdued">
          No comment was left.
        </Text>
      )}
      {row.more.length > 0 && (
        <dl className="ac-more">
          {row.more.map(({ question, answer }) => (
            <div key={question}>
              <dt>{question}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      )}
      {row.files.length > 0 && <ResponseFiles files={row.files} />}
      <p className="ac-wrap">
        <Who row={row} />
        {row.order && (
          <>
            {' · '}
            <a href={orderUrl(domain, row.order.orderId)} target="_top" className="ac-plain-link">
              Order {row.order.name}
            </a>
          </>
        )}
        {row.case && (
          <>
            {' · '}
            <UnstyledLink url={`/app/cases/${row.case.id}`} className="ac-plain-link">
              Case #{row.case.number}
            </UnstyledLink>
          </>
        )}
      </p>
      <Text as="p" variant="bodySm" tone="subdued">
        {surveyLabel(row.kind)} · {surfaceLabel(row.surface)} ·{' '}
        {isUnnamed(row) ? (
          <time dateTime={row.answeredAt.slice(0, 7)}>{formatMonth(row.answeredAt)}</time>
        ) : (
          <time dateTime={row.answeredAt} title={formatDateTime(row.answeredAt, timeZone)}>
            {formatAgo(row.answeredAt, now)}
          </time>
        )}
        {versionWords(row).map((words) => ` · ${words}`)}
      </Text>
      <div className="ac-response__foot">
        {row.rewarded && <Badge tone="info">Given for a reward</Badge>}
        {status && (
          <span className="ac-band-cell">
            <Badge tone={status.tone}>{status.label}</Badge>
            <Text as="span" variant="bodySm" tone="subdued">
              {heldText(row, now) ?? whyNot(row) ?? status.why}
            </Text>
          </span>
        )}
        <span className="ac-response__act">
          <Button
            size="slim"
            disabled={busy}
            onClick={() => ask(row)}
            accessibilityLabel={`${act}: ${rating}, ${whoOf(row)}`}
          >
            {act}
          </Button>
        </span>
      </div>
    </article>
  );
}

function Who({ row }: { row: ResponseRow }) {
  if (!row.customer) return <span>{whoOf(row)}</span>;
  return (
    <UnstyledLink url={`/app/customers/${row.customer.id}`} className="ac-strong-link">
      {personName(row.customer)}
    </UnstyledLink>
  );
}

/** In how many steps it was given, and how often it was changed after that. */
function versionWords({ versions, steps }: ResponseRow): string[] {
  if (versions === 1) return [];
  if (steps === null) return [`stored ${times(versions)}: in steps, or changed later`];
  const later = versions - steps;
  return [
    ...(steps > 1 ? [`answered in ${formatCount(steps)} steps`] : []),
    ...(later > 0 ? [`changed ${times(later)} later`] : []),
  ];
}

const times = (count: number) =>
  count === 1 ? 'once' : count === 2 ? 'twice' : `${formatCount(count)} times`;

/** Of its time only the month is told. */
export const isUnnamed = ({ identity }: ResponseRow): boolean => (identity ?? 'identified') !== 'identified';

/** Who gave it, as far as anybody knows. */
function whoOf({ customer, claimed, identity }: ResponseRow): string {
  if (customer) return personName(customer);
  if (identity === 'anonymous') return 'Anonymous';
  if (identity === 'pseudonymous') return 'Under a pseudonym';
  return claimed ? 'Unverified customer' : 'Guest';
}

/** What rule, or who of the staff, holds it back, and why; null where nobody does. */
function heldText({ held, heldByRule }: ResponseRow, now: string): string | null {
  if (heldByRule) return `${ruleSentence(heldByRule)} In no score.`;
  if (!held) return null;
  const reason = held.reason ? `: ${holdReason(held.reason).toLowerCase()}` : '';
  return `By ${held.staffName ?? 'staff'}, ${formatAgo(held.at, now)}${reason}. In no score.`;
}

const orderUrl = (domain: string, orderId: string) =>
  `https://admin.shopify.com/store/${domain.replace('.myshopify.com', '')}/orders/${orderId}`;
