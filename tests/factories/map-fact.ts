import { mapWebhook } from '#app/infra/shopify/webhook-mapper.ts';
import type { Fact } from '#app/domain/core/facts.ts';
import { jsonBytes } from './shopify-json.ts';

/** Maps a payload that must become a fact of this kind. @throws Error that says what it became instead. */
export function factOf<K extends Fact['kind']>(
  kind: K,
  topic: string,
  payload: unknown,
  triggeredAt: Date | null = null,
) {
  const result = mapWebhook(topic, jsonBytes(payload), triggeredAt);
  if (result.outcome !== 'mapped') throw new Error(`${topic} was ${result.outcome}: ${result.reason}`);
  if (result.fact.kind !== kind)
    throw new Error(`${topic} became a fact of kind ${result.fact.kind}, not ${kind}.`);
  return result.fact as Extract<Fact, { kind: K }>;
}
