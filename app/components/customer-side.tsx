import { Badge, BlockStack, Card, Text } from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { CustomerProfile, StoreVisits } from '../infra/db/reads/views.ts';
import { formatCount, formatDay, plural } from './format.ts';
import { readable, tierLabel, type Tone } from './words.ts';

interface SideProps {
  customer: CustomerProfile;
  currency: string;
  timeZone: string;
}

/** The right column below the score: what we may send, what they own, what they bought. */
export function CustomerSide({ customer, currency, timeZone }: SideProps) {
  const contact = contactState(customer, timeZone);
  return (
    <>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            May we write?
          </Text>
          <div>
            <Badge tone={contact.tone}>{contact.label}</Badge>
          </div>
          <Text as="p" tone="subdued">
            {contact.sentence}
          </Text>
          <dl className="ac-facts">
            <dt>E-mail</dt>
            <dd className="ac-wrap">{customer.email ?? 'None'}</dd>
            <dt>Phone</dt>
            <dd>{customer.phone ?? 'None'}</dd>
            <dt>Country</dt>
            <dd>{customer.countryCode ?? 'Unknown'}</dd>
          </dl>
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Loyalty
          </Text>
          <dl className="ac-facts">
            <dt>Tier</dt>
            <dd>
              {tierLabel(customer.tier)}
              {customer.tierSince && ` since ${formatDay(customer.tierSince, timeZone)}`}
            </dd>
            <dt>Points to spend</dt>
            <dd>{formatCount(customer.points.approved)}</dd>
            <dt>Points pending</dt>
            <dd>{`${formatCount(customer.points.pending)}, until the return window closes`}</dd>
            <dt>Referral code</dt>
            <dd>{customer.referralCode ?? 'None yet; promoters get one'}</dd>
          </dl>
        </BlockStack>
      </Card>
      {customer.visits && <StoreVisitsCard visits={customer.visits} timeZone={timeZone} />}
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Orders
          </Text>
          <dl className="ac-facts">
            <dt>In all</dt>
            <dd>{plural(customer.orderCount, 'order')}</dd>
            <dt>Revenue, last 12 months</dt>
            <dd>{formatMoney(customer.revenueYearMinor, currency)}</dd>
            <dt>First order</dt>
            <dd>{customer.firstOrderAt ? formatDay(customer.firstOrderAt, timeZone) : 'None'}</dd>
            <dt>Last order</dt>
            <dd>{customer.lastOrderAt ? formatDay(customer.lastOrderAt, timeZone) : 'None'}</dd>
          </dl>
        </BlockStack>
      </Card>
    </>
  );
}

/** What they looked at lately: nobody who read five help pages is well served by a mail about news. */
function StoreVisitsCard({ visits, timeZone }: { visits: StoreVisits; timeZone: string }) {
  const { lastSeenAt, days, productViews, helpViews } = visits;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          In the store
        </Text>
        <dl className="ac-facts">
          <dt>Last seen</dt>
          <dd>{formatDay(lastSeenAt, timeZone)}</dd>
          <dt>Last 30 days</dt>
          <dd>
            {days === 0
              ? 'No visit'
              : `Came on ${plural(days, 'day')}, looked at products ${timesText(productViews)} and at help ${timesText(helpViews)}`}
          </dd>
        </dl>
        <Text as="p" variant="bodySm" tone="subdued">
          Seen while logged in, with consent. Which products is not kept.
        </Text>
      </BlockStack>
    </Card>
  );
}

const timesText = (count: number): string => (count === 1 ? 'once' : `${formatCount(count)} times`);

function contactState(
  customer: CustomerProfile,
  timeZone: string,
): { label: string; tone: Tone; sentence: string } {
  if (customer.redactedAt) {
    return {
      label: 'Erased',
      tone: 'critical',
      sentence: `Personal data was erased on ${formatDay(customer.redactedAt, timeZone)}.`,
    };
  }
  if (!customer.email)
    return { label: 'No e-mail', tone: undefined, sentence: 'There is no address to write to.' };
  if (customer.unsubscribedAt) {
    return {
      label: 'Unsubscribed',
      tone: 'critical',
      sentence: `Unsubscribed on ${formatDay(customer.unsubscribedAt, timeZone)}. No surveys or offers are sent.`,
    };
  }
  if (customer.surveysOffAt) {
    return {
      label: 'No surveys',
      tone: 'attention',
      sentence: `Asked for no more surveys on ${formatDay(customer.surveysOffAt, timeZone)}.`,
    };
  }
  const since = customer.emailConsentAt ? ` since ${formatDay(customer.emailConsentAt, timeZone)}` : '';
  if (customer.emailConsent === 'subscribed') {
    return {
      label: 'Surveys and marketing',
      tone: 'success',
      sentence: `Agreed to marketing e-mails${since}.`,
    };
  }
  const state = customer.emailConsent ? readable(customer.emailConsent).toLowerCase() : 'unknown';
  return {
    label: 'Service and surveys only',
    tone: 'info',
    sentence: `Marketing consent: ${state}${since}. Offers are not sent; surveys only where the law allows them.`,
  };
}
