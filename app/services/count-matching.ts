import { conditionSchema, testsOf } from '../domain/surveys/conditions.ts';
import { factsMeet, orderFactsOf } from '../domain/surveys/order-facts.ts';
import type { Deps } from './deps.ts';

/** More would take a page too long; a share of the newest says as much. */
const MOST = 1_000;

export type CountMatchingOutcome =
  | {
      outcome: 'counted';
      matching: number;
      customers: number;
      /** There are more customers; these are the ones who ordered last. */
      bounded: boolean;
    }
  | { outcome: 'invalid' };

/** How many customers a survey would be for now, by the latest order of each. */
export async function countMatching(
  deps: Pick<Deps, 'admin'>,
  input: { shopId: string; json: string },
): Promise<CountMatchingOutcome> {
  const parsed = conditionSchema.safeParse(parseJson(input.json));
  if (!parsed.success || testsOf(parsed.data).some((test) => test.if === 'answer')) {
    return { outcome: 'invalid' };
  }
  const found = await deps.admin.latestOrders(input.shopId, MOST + 1);
  const counted = found.slice(0, MOST);
  const matching = counted.filter((sources) => factsMeet(parsed.data, orderFactsOf(sources))).length;
  return { outcome: 'counted', matching, customers: counted.length, bounded: found.length > MOST };
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // Only a broken or forged form gets here; the schema refuses it.
    return undefined;
  }
}
