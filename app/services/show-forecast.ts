import { valueReportSchema } from '../domain/prediction/customer-value-backtest.ts';
import { valueSentence } from '../domain/prediction/customer-value-words.ts';
import { type CustomerGroup, groupMoment, groupsOf } from '../domain/prediction/groups.ts';
import { highValueSigns, type HighValueReport } from '../domain/prediction/high-value-signs.ts';
import { verdictSchema } from '../domain/prediction/purchase-verdict.ts';
import { verdictSentence } from '../domain/prediction/purchase-verdict-words.ts';
import { referralPropensity, type ReferralScore } from '../domain/prediction/referral-propensity.ts';
import { trajectoryOf, type Trajectory } from '../domain/prediction/trajectory.ts';
import { valueTierByPlace, type ValueTier } from '../domain/prediction/value-tiers.ts';
import { warningIndicators, type WarningReport } from '../domain/prediction/warning-indicators.ts';
import { broughtFriends } from '../domain/referral/brought-friends.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { ForecastData, StoredPrediction } from '../infra/db/reads/prediction-views.ts';
import type { ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';
import { scoreInputsOf } from './score-inputs.ts';
import { explainingFacts } from './warning-facts.ts';

/** What is predicted of one customer, or why nothing is. */
export type PredictedView =
  | { outcome: 'hidden'; reason: string }
  | {
      outcome: 'shown';
      prediction: StoredPrediction;
      horizonDays: number;
      /** What the back-test came to, in words. */
      proof: string;
      /** What the back-test of values came to, in words; null: values were not judged. */
      valueProof: string | null;
      valueTier: ValueTier | null;
    };

export interface ForecastView {
  predicted: PredictedView;
  /** Value at risk rests on predictions; otherwise it is by the rule. */
  valuePredicted: boolean;
  warning: WarningReport;
  trajectory: Trajectory;
  signs: HighValueReport;
  groups: CustomerGroup[];
  referral: ReferralScore;
}

/** What to expect of a customer, with its proof, and what explains it. @returns null for a customer that is not known */
export async function showForecast(
  deps: Pick<Deps, 'admin' | 'scores'>,
  { shop, customerId }: { shop: Pick<ShopView, 'id' | 'settings'>; customerId: string },
): Promise<ForecastView | null> {
  const [data, loaded] = await Promise.all([
    deps.admin.forecast(shop.id, customerId),
    deps.scores.load(shop.id, [customerId]),
  ]);
  const source = loaded?.sources[0];
  if (!loaded || !source) return null;
  const inputs = { ...scoreInputsOf(source, loaded.shop), predictedClv: null };
  const { predictions, returnWindowDays } = parseSettings(shop.settings);
  const { invited, redeemed } = data.referral;
  const friends = broughtFriends(redeemed, returnWindowDays, loaded.now);
  const facts = explainingFacts(inputs, { ...data, referral: { invited, ...friends } }, loaded.now);
  const predicted = predictedView(data, predictions.purchases);
  return {
    predicted,
    valuePredicted: predicted.outcome === 'shown' && predicted.prediction.clvMinor !== null,
    warning: warningIndicators(facts.warning),
    trajectory: trajectoryOf(facts.answers, loaded.now),
    signs: highValueSigns(facts.highValue),
    groups: groupsOf(facts.groups, groupMoment(loaded.now)),
    referral: referralPropensity(facts.referral),
  };
}

function predictedView({ model, prediction, proof }: ForecastData, wanted: boolean): PredictedView {
  const hidden = (reason: string): PredictedView => ({ outcome: 'hidden', reason });
  if (!model) return hidden('No model has been fitted on your orders yet.');
  if (model.status === 'hidden')
    return hidden(model.reason ?? 'The predictions did not pass their back-test.');
  if (!wanted) return hidden('Your team has hidden the predictions of orders.');
  if (!prediction) return hidden('Nothing is predicted before the first paid order, and its first scoring.');
  const { horizonDays } = prediction;
  if (horizonDays === null) return hidden('Its model is not known any more; the next scoring replaces it.');
  // Not of the newest model: until everybody is scored again, a prediction may be by the one before.
  const verdict = verdictSchema.safeParse(proof.verdict).data;
  if (!verdict) return hidden('Its model is of an older version; the next fit replaces it.');
  const value = valueReportSchema.safeParse(proof.value).data;
  return {
    outcome: 'shown',
    prediction,
    horizonDays,
    proof: verdictSentence(verdict),
    valueProof: value ? valueSentence(value) : null,
    valueTier:
      prediction.clvMinor === null
        ? null
        : valueTierByPlace({
            valueMinor: prediction.clvMinor,
            customers: prediction.customersWithValue,
            atLeast: prediction.worthAtLeastAsMuch,
          }),
  };
}
