/** Shops whose buyers follow known laws, by seed: what predictions of orders are tested on. */
import type { PurchaseHistory } from '#app/domain/prediction/purchase-summary.ts';
import { seededRandom } from '#app/domain/prediction/seeded-random.ts';

export interface Chance {
  uniform: () => number;
  normal: () => number;
  exponential: () => number;
  gamma: (shape: number) => number;
  beta: (a: number, b: number) => number;
}

/** Draws from the distributions that the laws below need. */
export function chanceOf(seed: number): Chance {
  const uniform = seededRandom(seed);
  const exponential = () => -Math.log(1 - uniform());
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform());
  // Marsaglia & Tsang (2000); below 1 by Stuart's theorem.
  const gamma = (shape: number): number => {
    if (shape < 1) return gamma(shape + 1) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const z = normal();
      const cube = (1 + c * z) ** 3;
      if (cube > 0 && -exponential() < 0.5 * z * z + d - d * cube + d * Math.log(cube)) return d * cube;
    }
  };
  const beta = (a: number, b: number) => {
    const x = gamma(a);
    return x / (x + gamma(b));
  };
  return { uniform, normal, exponential, gamma, beta };
}

/** Days after the first purchase on which one buyer buys again; `until` is when nobody looks any more. */
export type BuyingLaw = (chance: Chance, born: number, until: number) => number[];

/** Purchases at gaps that `nextGap` gives, until it gives null. */
function renewals(born: number, until: number, nextGap: (at: number) => number | null): number[] {
  const days: number[] = [];
  for (let at = born; ;) {
    const gap = nextGap(at);
    if (gap === null || at + gap > until) return days;
    at += gap;
    days.push(at);
  }
}

const rateOf = (chance: Chance) => chance.gamma(0.6) / 45;

/** Poisson purchases, after each of which (but the first) a buyer may be lost: the BG/NBD model. */
export const bgNbdLaw: BuyingLaw = (chance, born, until) => {
  const rate = rateOf(chance);
  const loss = chance.beta(0.8, 2.5);
  return renewals(born, until, (at) =>
    at > born && chance.uniform() < loss ? null : chance.exponential() / rate,
  );
};

/** Poisson purchases until a lifetime ends, whatever is bought: the Pareto/NBD model. */
export const paretoNbdLaw: BuyingLaw = (chance, born, until) => {
  const rate = rateOf(chance);
  const end = born + chance.exponential() / (chance.gamma(0.6) / 80);
  return renewals(born, Math.min(end, until), () => chance.exponential() / rate);
};

/** Poisson purchases for ever: nobody is lost. */
export const noDropOutLaw: BuyingLaw = (chance, born, until) => {
  const rate = rateOf(chance);
  return renewals(born, until, () => chance.exponential() / rate);
};

/** Every buyer every 30 days to the day. */
export const monthlyLaw: BuyingLaw = (_, born, until) => renewals(born, until, () => 30);

/** About every 30 days; of each order 6 in 100 are the last. */
export const monthlyWithLossLaw: BuyingLaw = (chance, born, until) =>
  renewals(born, until, () => (chance.uniform() < 0.06 ? null : 30 + 4 * chance.normal()));

/** Every buyer in a rhythm of their own, fairly regular; of each order 6 in 100 are the last. */
export const ownRhythmLaw: BuyingLaw = (chance, born, until) => {
  const gap = 30 * Math.exp(0.5 * chance.normal());
  return renewals(born, until, () => (chance.uniform() < 0.06 ? null : (gap * chance.gamma(12)) / 12));
};

/** MBG/NBD, with rates that swing by 70% over the year, highest on its 350th day. */
export const seasonalLaw: BuyingLaw = (chance, born, until) => {
  const rate = rateOf(chance);
  const loss = chance.beta(0.8, 2.5);
  const height = (day: number) => (1 + 0.7 * Math.cos((2 * Math.PI * (day - 350)) / 365)) / 1.7;
  return renewals(born, until, (at) => {
    if (chance.uniform() < loss) return null;
    for (let to = at; ;) {
      to += chance.exponential() / (1.7 * rate);
      if (to > until || chance.uniform() < height(to)) return to - at;
    }
  });
};

/** Nobody is lost at once, but everybody buys half as often every 120 days. */
export const fadingLaw: BuyingLaw = (chance, born, until) => {
  const rate = chance.gamma(0.6) / 25;
  return renewals(born, until, () => chance.exponential() / rate).filter(
    (at) => chance.uniform() < 0.5 ** ((at - born) / 120),
  );
};

export interface ShopPlan {
  buyers: number;
  seed: number;
  law: BuyingLaw;
  /** Days from 0 on that the histories cover. */
  days: number;
  /** The day of a first purchase; the first 90 days, evenly, until set. */
  arrival?: (chance: Chance) => number;
}

/** Histories from day 0, ids b0, b1, …; every order is worth between 10 and 50. */
export function simulatedShop({ buyers, seed, law, days, arrival }: ShopPlan): PurchaseHistory[] {
  const chance = chanceOf(seed);
  return Array.from({ length: buyers }, (_, index) => {
    const born = arrival ? arrival(chance) : 90 * chance.uniform();
    const all = [born, ...law(chance, born, days)].map(Math.floor);
    return {
      id: `b${index}`,
      orders: all.map((day) => ({ day, valueMinor: 1_000 + Math.floor(4_000 * chance.uniform()) })),
    };
  });
}
