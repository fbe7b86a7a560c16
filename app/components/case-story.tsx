import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { CaseView } from '../infra/db/reads/case-views.ts';
import { formatMoney } from '../domain/core/money.ts';
import { formatDateTime, formatDay } from './format.ts';
import { foreseenText } from './predictions/care-words.ts';
import { actionLabel, actionStatus, actLabel, ratingText, reasonText, surveyLabel } from './words.ts';

interface StoryProps {
  entry: CaseView;
  replyTo: string | null;
  timeZone: string;
}

interface Step {
  key: string;
  at: string;
  title: string;
  text: string | null;
  badge: { label: string; tone: ReturnType<typeof actionStatus>['tone'] } | null;
}

/** The conversation: what the customer said, what was sent, what the team did. Oldest first. */
export function CaseStory({ entry, replyTo, timeZone }: StoryProps) {
  const steps = storyOf(entry, timeZone);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Conversation
        </Text>
        {entry.foreseen && <Text as="p">{foreseenText(entry.foreseen)}</Text>}
        {entry.answer ? (
          <BlockStack gap="100">
            <Text as="h3" variant="headingLg">
              {ratingText(entry.answer.metric, entry.answer.rating)}
            </Text>
            <Text as="p" tone="subdued">
              {surveyLabel(entry.answer.kind)} · {formatDateTime(entry.answer.answeredAt, timeZone)}
              {entry.answer.status === 'unsolicited' && ' · came before delivery or without one'}
            </Text>
            {entry.answer.comment ? (
              <blockquote className="ac-quote">{entry.answer.comment}</blockquote>
            ) : (
              <Text as="p" tone="subdued">
                No comment was left.
              </Text>
            )}
          </BlockStack>
        ) : (
          <Text as="p" tone="subdued">
            {entry.foreseen
              ? 'Nobody had complained when it was opened: get in touch, and note here what came of it.'
              : 'This case was not opened by an answer.'}
          </Text>
        )}
        {steps.length > 0 && (
          <ul className="ac-list">
            {steps.map((step) => (
              <li key={step.key}>
                <InlineStack align="space-between" gap="200">
                  <Text as="p" fontWeight="semibold">
                    {step.title}
                  </Text>
                  {step.badge && <Badge tone={step.badge.tone}>{step.badge.label}</Badge>}
                </InlineStack>
                <Text as="p" variant="bodySm" tone="subdued">
                  {formatDateTime(step.at, timeZone)}
                </Text>
                {step.text && <p className="ac-quote">{step.text}</p>}
              </li>
            ))}
          </ul>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          {replyTo
            ? `The customer's replies go to ${replyTo}.`
            : "The customer's replies go to your shop's contact address. You can name another one in the settings."}
        </Text>
      </BlockStack>
    </Card>
  );
}

function storyOf(entry: CaseView, timeZone: string): Step[] {
  const messages = entry.messages.map((message) => ({
    key: message.actionId,
    at: message.at,
    title: actionLabel(message.kind),
    text:
      offerText(message, timeZone) ??
      (message.reason && message.status !== 'done' ? reasonText(message.reason) : null),
    badge:
      message.status === 'done' && message.kind.startsWith('send_')
        ? { label: 'Sent', tone: 'success' as const }
        : actionStatus(message.status),
  }));
  const answers = entry.otherAnswers.map((other) => ({
    key: other.id,
    at: other.answeredAt,
    title: `${ratingText(other.metric, other.rating)} · ${surveyLabel(other.kind)}`,
    text: other.comment,
    badge: null,
  }));
  const notes = entry.notes.map((note) => ({
    key: note.id,
    at: note.at,
    title: `${actLabel(note.kind)}${note.staffName ? ` · ${note.staffName}` : ''}`,
    text: note.text,
    badge: null,
  }));
  return [...answers, ...messages, ...notes].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What the customer was given, so that whoever writes to them does not have to look it up. */
function offerText({ offer }: CaseView['messages'][number], timeZone: string): string | null {
  if (!offer) return null;
  return `Code ${offer.code}, ${formatMoney(offer.amountMinor, offer.currency)}, valid until ${formatDay(offer.expiresAt, timeZone)}.`;
}
