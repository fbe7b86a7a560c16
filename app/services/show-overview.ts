import type { Estimate } from '../domain/reports/estimate.ts';
import { meanEstimate, type RatingSums } from '../domain/reports/mean.ts';
import { countNps, npsEstimate } from '../domain/reports/nps.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import type { OverviewView, RatingCount, ShopView } from '../infra/db/reads/views.ts';
import type { Deps } from './deps.ts';
import { showValueBasis } from './show-value-basis.ts';

export interface SetupStep {
  key: string;
  title: string;
  help: string;
  done: boolean;
  /** Page of the admin where it is done, if it is done in the app. */
  url: string | null;
}

export interface Scores {
  nps: Estimate;
  /** Mean of 1-5 over all touchpoints, and the share (0-1) of 4 and 5. */
  csat: Estimate;
  csatGood: Estimate;
  /** Share 0-1 of the surveys sent by e-mail that were answered. */
  responseRate: Estimate;
}

export type OverviewPage = Omit<OverviewView, 'ratings' | 'setup'> & {
  scores: Scores;
  steps: SetupStep[];
  /** Values at risk are by the shop's model where it says something of a customer; else all are by the rule. */
  valuePredicted: boolean;
};

/** The home page: the read model with its rates turned into figures with n and interval. */
export async function showOverview(
  deps: Pick<Deps, 'admin'>,
  input: { shop: ShopView; now: Date },
): Promise<OverviewPage> {
  const [{ ratings, setup, ...rest }, valueBasis] = await Promise.all([
    deps.admin.overview(input.shop.id, input.now),
    showValueBasis(deps, input.shop),
  ]);
  const settings = parseSettings(input.shop.settings);
  return {
    ...rest,
    valuePredicted: valueBasis.horizonDays !== null,
    scores: { ...scoresOf(ratings), responseRate: shareEstimate(rest.answered, rest.mailed) },
    steps: stepsOf(setup, settings.brandName !== null),
  };
}

/** NPS and CSAT from rating counts (the sufficient statistics). */
export function scoresOf(ratings: RatingCount[]): Omit<Scores, 'responseRate'> {
  const sums: RatingSums = { n: 0, sum: 0, sumOfSquares: 0 };
  let good = 0;
  for (const { metric, rating, count } of ratings) {
    if (!metric.startsWith('csat_')) continue;
    sums.n += count;
    sums.sum += rating * count;
    sums.sumOfSquares += rating * rating * count;
    if (rating >= 4) good += count;
  }
  return {
    nps: npsEstimate(countNps(ratings.filter(({ metric }) => metric === 'nps'))),
    csat: meanEstimate(sums, { min: 1, max: 5 }),
    csatGood: shareEstimate(good, sums.n),
  };
}

/** Set-up steps that check themselves: each is done when its effect has been seen. */
function stepsOf(facts: OverviewView['setup'], branded: boolean): SetupStep[] {
  return [
    {
      key: 'orders',
      title: 'Orders arrive',
      help: 'Shopify sends each new order by itself. The first one ticks this step.',
      done: facts.hasOrder,
      url: null,
    },
    {
      key: 'brand',
      title: 'Set your brand',
      help: 'Surveys and e-mails use your name and colour.',
      done: branded,
      url: '/app/settings',
    },
    {
      key: 'sent',
      title: 'First survey sent',
      help: 'It goes out the day after a delivery. Check the timing on the Surveys page.',
      done: facts.hasMailed,
      url: '/app/surveys',
    },
    {
      key: 'thank-you',
      title: 'Ask on the thank-you page',
      help: 'Add the Aftercare block in the checkout editor. The first answer there ticks this step.',
      done: facts.hasCheckoutAnswer,
      url: null,
    },
    {
      key: 'theme',
      title: 'Ask in your store',
      help: 'Add the Aftercare block in the theme editor. The first answer there ticks this step.',
      done: facts.hasThemeAnswer,
      url: null,
    },
  ];
}
