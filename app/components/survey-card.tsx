import {
  Badge,
  BlockStack,
  Card,
  Collapsible,
  Button,
  InlineGrid,
  InlineStack,
  Text,
} from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import type { SurveyKind } from '../domain/surveys/contract.ts';
import type { OwnSurveyRow } from '../infra/db/reads/own-survey-views.ts';
import type { SurveyPageEntry } from '../services/show-surveys.ts';
import { formatAgo, formatCount, formatEvidence, formatPercent, formatPercentFine } from './format.ts';
import { funnelUrl } from './funnel-filter.ts';
import { NumberSetting, SwitchSetting } from './settings-fields.tsx';
import type { SettingsForm } from './use-settings-form.ts';
import { reasonText, surveyLabel } from './words.ts';

interface Delay {
  field: 'delayDays' | 'repeatDays' | 'delayHours';
  unit: 'days' | 'hours';
}

const DAYS: Delay = { field: 'delayDays', unit: 'days' };

const ABOUT: Record<SurveyKind, { asks: string; where: string; delays: readonly Delay[] }> = {
  post_purchase: { asks: 'How was buying? (CSAT)', where: 'Thank-you and order status page', delays: [] },
  delivery: {
    asks: 'How was the delivery? (CSAT)',
    where: 'E-mail, order status page, store',
    delays: [DAYS],
  },
  usage: { asks: 'How is the product? (CSAT)', where: 'E-mail, store, customer account', delays: [DAYS] },
  relationship: {
    asks: 'Would you recommend us? (NPS)',
    where: 'E-mail, customer account',
    delays: [DAYS, { field: 'repeatDays', unit: 'days' }],
  },
  support: {
    asks: 'How did we help? (CSAT, effort, solved at first contact)',
    where: 'E-mail after a case is resolved',
    delays: [{ field: 'delayHours', unit: 'hours' }],
  },
  return: {
    asks: 'How easy was the return, and why? (effort)',
    where: 'E-mail, once per return',
    delays: [DAYS],
  },
  milestone: {
    asks: 'Would you recommend us? (NPS)',
    where: 'E-mail at a higher loyalty tier',
    delays: [],
  },
  website: {
    asks: 'Did you find what you came for? (CSAT)',
    where: 'Online store, while browsing',
    delays: [],
  },
  storefront: { asks: 'How is the store? (CSAT)', where: 'Online store, kiosk', delays: [] },
};

/** One survey: what it asks and where, its switch and timing, and what became of everyone it was meant for. */
export function SurveyCard({
  survey,
  own,
  form,
  now,
  children,
}: {
  survey: SurveyPageEntry;
  /** The shop's own of this kind that are live or paused. */
  own: OwnSurveyRow[];
  form: SettingsForm;
  now: string;
  /** What else this kind needs. */
  children?: ReactNode;
}) {
  const about = ABOUT[survey.kind];
  const path = `surveys.${survey.kind}`;
  const on = form.value(`${path}.enabled`) === true;
  return (
    <Card>
      <InlineGrid columns={{ xs: 1, md: ['twoThirds', 'oneThird'] }} gap="600">
        <BlockStack gap="300">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {surveyLabel(survey.kind)}
            </Text>
            <Badge tone={on ? 'success' : undefined}>{on ? 'On' : 'Off'}</Badge>
          </InlineStack>
          <Text as="p" tone="subdued">
            {own.length === 0 ? `${about.asks} · ` : ''}
            {about.where}
          </Text>
          {own.length > 0 && <Text as="p">{askedText(own)}</Text>}
          <Funnel survey={survey} />
          <Text as="p" variant="bodySm" tone="subdued">
            {survey.lastAnswerAt && `Last answer ${formatAgo(survey.lastAnswerAt, now)}.`}
            {!survey.lastAnswerAt && survey.answered === 0 && 'No answer yet.'}
            {survey.scheduled > 0 && ` ${formatCount(survey.scheduled)} planned.`}
          </Text>
          <div>
            <Button
              variant="plain"
              url={funnelUrl({ kind: survey.kind, days: 90 })}
              accessibilityLabel={`Where people stop: ${surveyLabel(survey.kind)}`}
            >
              Where people stop
            </Button>
          </div>
          {children}
        </BlockStack>
        <BlockStack gap="300">
          <SwitchSetting form={form} path={`${path}.enabled`} />
          {about.delays.map(({ field, unit }) => (
            <NumberSetting key={field} form={form} path={`${path}.${field}`} suffix={unit} disabled={!on} />
          ))}
          {survey.kind === 'milestone' && on && <SwitchSetting form={form} path={`${path}.anniversaries`} />}
        </BlockStack>
      </InlineGrid>
    </Card>
  );
}

/** Which of the shop's own surveys is asked instead of the preset. */
export function askedText(own: OwnSurveyRow[]): string {
  const live = own.filter(({ status }) => status === 'live');
  if (live.length === 0) return 'Nothing is asked: your own survey is paused.';
  const names = live.map(({ name }) => `“${name}”`);
  if (names.length === 1 && live[0]?.targeted) return `Asks ${names[0]}, where its audience fits.`;
  return names.length === 1 ? `Asks ${names[0]}.` : `Asks the first that fits of ${names.join(', ')}.`;
}

/** How customers were asked: by a message, or by an offer on a page that they may not have seen. */
function askedBy(survey: SurveyPageEntry) {
  return survey.offered > 0 || survey.kind === 'post_purchase'
    ? {
        label: 'Offered',
        one: 'offered',
        answered: 'of those offered answered',
        note: 'Every order counts as offered, also while the block is not on the page or nobody saw it. ',
      }
    : { label: 'Sent', one: 'sent', answered: 'answered', note: '' };
}

function Funnel({ survey }: { survey: SurveyPageEntry }) {
  const [open, setOpen] = useState(false);
  if (survey.eligible === 0) {
    return (
      <Text as="p">
        {survey.lastAnswerAt
          ? 'No invitation fell due; it was answered on your pages.'
          : 'Nobody was due for it yet.'}
      </Text>
    );
  }
  const way = askedBy(survey);
  const asked = survey.sent + survey.offered;
  const steps = [
    { key: 'eligible', label: 'Eligible', count: survey.eligible },
    { key: 'suppressed', label: 'Not asked', count: survey.suppressedTotal },
    { key: 'deferred', label: 'Put off', count: survey.deferred },
    { key: 'sent', label: way.label, count: asked },
    { key: 'answered', label: 'Answered', count: survey.answered },
  ];
  return (
    <BlockStack gap="300">
      <ul className="ac-funnel">
        {steps.map((step) => (
          <li key={step.key}>
            <span>{step.label}</span>
            <span
              className={`ac-funnel__bar ac-funnel__bar--${step.key}`}
              // The style sheet keeps a small count visible; none is none.
              style={{
                width: `${(100 * step.count) / survey.eligible}%`,
                ...(step.count === 0 && { minWidth: 0 }),
              }}
              aria-hidden="true"
            />
            <span className="ac-funnel__count">{formatCount(step.count)}</span>
          </li>
        ))}
      </ul>
      <Text as="p">
        {survey.rate.outcome === 'shown' && (
          <strong>
            {formatPercent(survey.rate.value)} {way.answered}.{' '}
          </strong>
        )}
        <Text as="span" tone="subdued">
          {way.note}
          {survey.rate.outcome === 'shown'
            ? formatEvidence(survey.rate, formatPercent, formatPercentFine)
            : asked === 0
              ? `None ${way.one} yet.`
              : `${formatCount(asked)} ${way.one} so far; the rate is shown from 5 on.`}
        </Text>
      </Text>
      {survey.suppressed.length > 0 && (
        <div>
          <Button
            variant="plain"
            disclosure={open ? 'up' : 'down'}
            onClick={() => setOpen(!open)}
            ariaExpanded={open}
            ariaControls={`why-${survey.kind}`}
          >
            Why were some not asked?
          </Button>
          <Collapsible id={`why-${survey.kind}`} open={open}>
            <ul className="ac-list ac-list--tight">
              {survey.suppressed.map((entry) => (
                <li key={entry.reason}>
                  <strong>{formatCount(entry.count)}</strong> {reasonText(entry.reason)}
                </li>
              ))}
            </ul>
          </Collapsible>
        </div>
      )}
    </BlockStack>
  );
}
