import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import type { OrderForecast } from '../../services/show-order-forecasts.ts';
import { formatChance, formatPercent } from '../format.ts';
import { reasonsText } from './satisfaction-words.ts';

/** Orders that are likely to disappoint, each with why; nothing where there are none. */
export function OrderForecasts({ orders }: { orders: OrderForecast[] }) {
  if (orders.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          May be unhappy
        </Text>
        <ul className="ac-list">
          {orders.map(({ orderId, orderName, lowProbability, usualShare, level, reasons }) => (
            <li key={orderId}>
              <BlockStack gap="100">
                <InlineStack align="space-between" gap="200">
                  <Text as="span" fontWeight="semibold">
                    {`Order ${orderName}`}
                  </Text>
                  <Badge tone={level === 'likely' ? 'warning' : 'attention'}>
                    {level === 'likely' ? 'Likely unhappy' : 'More likely than usual'}
                  </Badge>
                </InlineStack>
                <Text as="p">
                  {`${formatChance(lowProbability)} chance of a low rating${usualShare === null ? '' : `, against ${formatPercent(usualShare)} of the rated orders that the prediction was tested on`}.`}
                </Text>
                {reasons.length > 0 && (
                  <Text as="p" tone="subdued">
                    {`What speaks for it: ${reasonsText(reasons)}.`}
                  </Text>
                )}
              </BlockStack>
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}
