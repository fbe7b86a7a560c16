import { Banner, BlockStack, Text } from '@shopify/polaris';
import type { ChoosePredictionOutcome } from '../../services/choose-prediction.ts';
import type { PredictionChoice, PredictionsView } from '../../services/show-predictions.ts';
import { formatDateTime } from '../format.ts';
import { type Sender, useSuccessToast } from '../use-feedback.ts';
import { CsiWeightsCard, csiWeightsBadge } from './csi-weights-card.tsx';
import { EscalationSection, escalationVerdict } from './escalation-section.tsx';
import { PartsCard } from './parts-card.tsx';
import { PurchaseSection } from './purchase-section.tsx';
import { purchaseVerdict } from './purchase-words.ts';
import { KIND_LABELS, RunsCard } from './runs-card.tsx';
import { SatisfactionSection } from './satisfaction-section.tsx';
import { satisfactionVerdict } from './satisfaction-words.ts';

interface PredictionsProps {
  view: PredictionsView;
  choosing: Sender<{ chosen?: ChoosePredictionOutcome }>;
  currency: string;
  timeZone: string;
}

/** May these numbers be trusted? Each kind of prediction with its verdict and its proof. */
export function PredictionsPage({ view, choosing, ...basics }: PredictionsProps) {
  const chosen = choosing.data?.chosen;
  const choose = (choice: PredictionChoice, shown: boolean) =>
    choosing.submit({ intent: 'choose', choice, shown: shown ? 'yes' : 'no' }, { method: 'post' });
  useSuccessToast(
    chosen?.outcome === 'chosen' ? chosen : null,
    chosen?.outcome === 'chosen' ? () => choose(chosen.choice, !chosen.shown) : undefined,
  );
  const { satisfaction, escalation, csiWeights } = view;
  const parts = [view.purchases, satisfaction, escalation, csiWeights?.part].filter((part) => part != null);
  const [first] = parts.flatMap(({ running }) => running ?? []);
  return (
    <BlockStack gap="400">
      <div role="status">
        {first && (
          <Banner tone="info" title={first.waits ? 'A fit is waiting for its turn' : 'A fit is under way'}>
            <p>{`Asked for ${formatDateTime(first.startedAt, basics.timeZone)}. You can go on working; this page follows by itself.`}</p>
          </Banner>
        )}
      </div>
      {chosen?.outcome === 'refused' && (
        <Banner tone="critical" title="Nothing was changed">
          <p>{chosen.message}</p>
        </Banner>
      )}
      <PartsCard
        parts={[
          { id: 'purchases', name: KIND_LABELS.purchases, badge: purchaseVerdict(view).badge },
          ...(satisfaction
            ? [
                {
                  id: 'satisfaction',
                  name: KIND_LABELS.satisfaction,
                  badge: satisfactionVerdict(satisfaction).badge,
                },
              ]
            : []),
          ...(escalation
            ? [{ id: 'escalation', name: KIND_LABELS.escalation, badge: escalationVerdict(escalation).badge }]
            : []),
          ...(csiWeights
            ? [
                {
                  id: 'csi_weights',
                  name: KIND_LABELS.csi_weights,
                  badge: csiWeightsBadge(csiWeights.part),
                },
              ]
            : []),
        ]}
      />
      <PurchaseSection
        view={view}
        busy={choosing.state !== 'idle'}
        onHide={(hidden) => choose('purchases', !hidden)}
        {...basics}
      />
      {satisfaction && (
        <SatisfactionSection
          part={satisfaction}
          care={view.care}
          busy={choosing.state !== 'idle'}
          onHide={(hidden) => choose('satisfaction', !hidden)}
          timeZone={basics.timeZone}
        />
      )}
      {escalation && <EscalationSection part={escalation} timeZone={basics.timeZone} />}
      {csiWeights && <CsiWeightsCard {...csiWeights} />}
      <RunsCard runs={view.runs} timeZone={basics.timeZone} />
      <Text as="p" variant="bodySm" tone="subdued">
        Models are fitted again every week, that of orders also when the shop has grown by a fifth. Nothing is
        predicted by one that did not pass a test on what it had not seen. Learnt weights of the satisfaction
        index predict nothing: they are shown before they can be tested, too, and say so.
      </Text>
    </BlockStack>
  );
}
