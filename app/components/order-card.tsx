import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { CaseView } from '../infra/db/reads/case-views.ts';
import { formatDay } from './format.ts';

interface OrderProps {
  order: CaseView['order'];
  domain: string;
  currency: string;
  timeZone: string;
}

/** The order that the case is about. */
export function OrderCard({ order, domain, currency, timeZone }: OrderProps) {
  if (!order) return null;
  const url = `https://admin.shopify.com/store/${domain.replace('.myshopify.com', '')}/orders/${order.orderId}`;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingMd">
            Order {order.name}
          </Text>
          <a href={url} target="_top" className="ac-plain-link">
            Open in Shopify
          </a>
        </InlineStack>
        <ul className="ac-list">
          {order.lines.map((line, index) => (
            <li key={index}>
              <InlineStack align="space-between" gap="200" wrap={false}>
                <span className="ac-wrap">
                  {line.quantity} × {line.title}
                </span>
                <span className="ac-num">{formatMoney(line.netMinor, currency)}</span>
              </InlineStack>
            </li>
          ))}
        </ul>
        <dl className="ac-facts">
          <dt>Total</dt>
          <dd>
            {formatMoney(order.totalMinor, currency)}
            {order.refundedMinor > 0 && `, of which ${formatMoney(order.refundedMinor, currency)} refunded`}
          </dd>
          <dt>Ordered</dt>
          <dd>{order.placedAt ? formatDay(order.placedAt, timeZone) : 'Not known'}</dd>
          <dt>Delivered</dt>
          <dd>
            {order.deliveredAt
              ? `${formatDay(order.deliveredAt, timeZone)}${order.deliveredAssumed ? ' (assumed)' : ''}`
              : 'Not yet'}
          </dd>
          {order.cancelledAt && (
            <>
              <dt>Cancelled</dt>
              <dd>{formatDay(order.cancelledAt, timeZone)}</dd>
            </>
          )}
        </dl>
      </BlockStack>
    </Card>
  );
}
