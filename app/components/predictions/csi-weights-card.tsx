import { BlockStack, Card, Text } from '@shopify/polaris';
import {
  CSI_COMPONENTS,
  type CsiComponentKey,
  type LearnedCsiWeights,
} from '../../domain/prediction/csi-weights.ts';
import type { PredictionsView } from '../../services/show-predictions.ts';
import { formatCount, formatNumber, formatPercent, plural } from '../format.ts';
import type { VerdictWords } from './purchase-words.ts';

const LABELS: Record<CsiComponentKey, string> = {
  nps: 'Would recommend (NPS)',
  product: 'Product',
  support: 'Effort with support and returns',
  delivery: 'Delivery',
  purchase: 'Buying',
};

type CsiPart = NonNullable<PredictionsView['csiWeights']>['part'];
type Learned = Extract<LearnedCsiWeights, { outcome: 'learned' }>;

/** What each part of the satisfaction index tells about buying again, beside the weight that it has. */
export function CsiWeightsCard({ part, defaults }: NonNullable<PredictionsView['csiWeights']>) {
  const { ended, failed, running } = part;
  const learned = ended?.report?.outcome === 'learned' ? ended.report : null;
  const why = ended?.run.reason ?? failed?.reason;
  const caption = 'Weights of the satisfaction index';
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd" id="csi_weights">
            Weights of the satisfaction index
          </Text>
          <Text as="p" variant="headingLg">
            {learned ? heldOutFinding(learned) : 'Nothing is learnt about them yet'}
          </Text>
          <Text as="p">
            {learned
              ? `Learnt from ${plural(learned.n, 'customer')} who rated you, ${formatCount(learned.repurchased)} of whom bought again within 90 days. ${heldOutText(learned)}`
              : (why ?? (running ? 'The first fit is under way.' : 'The first fit runs by itself.'))}
          </Text>
          <Text as="p" tone="subdued">
            Every score is made with the default weights. What is learnt is shown for you to judge, and
            changes no score.
          </Text>
        </BlockStack>
        {learned && (
          <div className="ac-table-scroll" tabIndex={0} role="region" aria-label={caption}>
            <table className="ac-compared">
              <caption>{caption}, in percent of the whole</caption>
              <thead>
                <tr>
                  {['Part', 'Default, in use', 'Learnt', '95% interval', 'Customers who rated it'].map(
                    (title) => (
                      <th key={title} scope="col">
                        {title}
                      </th>
                    ),
                  )}
                </tr>
              </thead>
              <tbody>
                {CSI_COMPONENTS.map((key) => (
                  <tr key={key}>
                    <th scope="row">{LABELS[key]}</th>
                    <td>{formatPercent(defaults[key])}</td>
                    <td>{formatPercent(learned.weights[key])}</td>
                    <td>{`${formatPercent(learned.intervals[key].low)} to ${formatPercent(learned.intervals[key].high)}`}</td>
                    <td>{formatCount(learned.known[key])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

/** Whether weights are learnt; they are used by nothing in any case. */
export function csiWeightsBadge({ ended }: CsiPart): VerdictWords['badge'] {
  return ended?.report?.outcome === 'learned'
    ? { label: 'Shown beside the default', tone: 'success' }
    : { label: 'Not enough data', tone: 'info' };
}

/** Whether the learnt weights are any better, in one line. */
function heldOutFinding({ heldOut }: Learned): string {
  if (heldOut === null) return 'Whether the learnt weights are better cannot be told yet';
  if (heldOut.low > 0) return 'The learnt weights tell better than the default who buys again';
  if (heldOut.high < 0) return 'The default tells better than the learnt weights who buys again';
  return 'The learnt weights are not surely better than the default';
}

function heldOutText({ heldOut }: Learned): string {
  if (heldOut === null) return 'Too few newer customers are there to compare them on.';
  const { n, aucLearned, aucDefault } = heldOut;
  return `On ${plural(n, 'newer customer')} that neither had seen, the AUC is ${formatNumber(aucLearned, 2)} by weights learnt before, ${formatNumber(aucDefault, 2)} by the default.`;
}
