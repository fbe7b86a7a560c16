import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { AskedKindView, WhyAskedView } from '../services/show-customer.ts';
import { formatDateTime, formatDay } from './format.ts';
import { becauseText, reasonText, surveyLabel } from './words.ts';

/** Why this person was asked or wasn't, and what comes next: in sentences, one kind after the other. */
export function AskedCard({ asked, timeZone }: { asked: WhyAskedView; timeZone: string }) {
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Surveys
          </Text>
          <Badge tone={asked.barred ? 'critical' : 'success'}>
            {asked.barred ? 'May not be asked by e-mail' : 'May be asked by e-mail'}
          </Badge>
        </InlineStack>
        <Text as="p" tone="subdued">
          {asked.barred ? reasonText(asked.barred) : hourText(asked)}
        </Text>
        {asked.kinds.length === 0 && (
          <Text as="p" tone="subdued">
            No survey is sent by e-mail: all are switched off in the settings.
          </Text>
        )}
        {asked.kinds.map((kind) => (
          <BlockStack key={kind.kind} gap="050">
            <Text as="h3" variant="headingSm">
              {surveyLabel(kind.kind)}
            </Text>
            {linesOf(kind, asked.barred, timeZone).map((line) => (
              <Text key={line} as="p" variant="bodySm">
                {line}
              </Text>
            ))}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

function hourText({ habit, sendHour, timeZone }: WhyAskedView): string {
  if (habit) {
    return `Surveys of new orders go out at ${clock(habit.hour)} (${timeZone}), the usual hour of ${habit.acts} orders and answers of the last 12 months.`;
  }
  return `Surveys go out at ${clock(sendHour)} (${timeZone}). No usual hour is known yet.`;
}

/** The last decision, and what comes next. */
function linesOf(kind: AskedKindView, barred: string | null, timeZone: string): string[] {
  const { last, next } = kind;
  const past = last ? lastText(last, timeZone) : 'Nothing was decided yet.';
  if (next) return [past, plannedText({ ...kind, next }, barred, timeZone)];
  const would = wouldText(kind, barred, timeZone);
  return [past, ...(last ? [] : ['None is planned.']), ...(would ? [would] : [])];
}

const about = (order: string | null) => (order ? ` about ${order}` : '');

function lastText(
  { status, at, order, reason, answered, answeredAt }: NonNullable<AskedKindView['last']>,
  timeZone: string,
): string {
  const when = formatDateTime(at, timeZone);
  switch (status) {
    case 'sent': {
      const day = answeredAt ? ` on ${formatDay(answeredAt, timeZone)}` : '';
      const answer = answered ? `Answered${day}.` : 'No answer yet.';
      if (reason === 'unknown') return `May have been sent on ${when}${about(order)}. ${answer}`;
      return `Sent on ${when}${about(order)}. ${answer}`;
    }
    case 'sending':
      return `On its way since ${when}${about(order)}.`;
    case 'deferred':
      return `Put off on ${when}${about(order)}. ${reasonText(reason)}`;
    case 'suppressed':
      return `Not sent${about(order)}, decided on ${when}. ${reasonText(reason)}`;
  }
}

/** When it is planned; only what stands against it then is said as well, and no reason twice. */
function plannedText(
  { last, next, ifDue }: AskedKindView & { next: NonNullable<AskedKindView['next']> },
  barred: string | null,
  timeZone: string,
): string {
  const when = `${formatDateTime(next.dueAt, timeZone)}${about(next.order)}`;
  const waitsSaid = last?.status === 'deferred' && next.reason === last.reason;
  const plan = next.reason
    ? `Looked at again on ${when}.${waitsSaid ? '' : ` ${reasonText(next.reason)}`}`
    : `Planned for ${when}.`;
  switch (ifDue.outcome) {
    case 'send':
      return plan;
    case 'defer': {
      if (ifDue.reason === next.reason) return `${plan} As things stand today, it will be put off once more.`;
      const until = formatDateTime(ifDue.until, timeZone);
      return `${plan} As things stand today, it will then be put off to ${until}, ${becauseText(ifDue.reason)}`;
    }
    case 'hold': {
      const why = ifDue.reason === barred ? 'for the reason above.' : becauseText(ifDue.reason);
      return `${plan} As things stand today, it will not be sent, ${why}`;
    }
  }
}

/** What would become of one where none is planned; null where what stands above says it. */
function wouldText({ ifDue }: AskedKindView, barred: string | null, timeZone: string): string | null {
  if (ifDue.outcome === 'send') return 'If one were due now, it would be sent.';
  if (ifDue.reason === barred) return null;
  const before = ifDue.until ? ` before ${formatDateTime(ifDue.until, timeZone)}` : '';
  return `If one were due now, it would not be sent${before}, ${becauseText(ifDue.reason)}`;
}
