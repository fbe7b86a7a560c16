import { PRESETS } from '#app/domain/surveys/presets.ts';
import { isRating, RATING_SCALES } from '#app/domain/surveys/question-types.ts';
import { routeOf } from '#app/domain/surveys/routing.ts';
import type { WebhookSender } from '../webhooks.ts';
import type { AnswerEvent, ScriptEvent, StaffEvent, WebhookEvent } from './script.ts';

/** How many requests are under way at once. */
const CONCURRENCY = 16;
/** The dev store's state is fed in portions, so that no request grows with the step. */
const STORE_PORTION = 200;

export interface Delivery {
  /** Sends the events of one step: at once across subjects, in order within one. */
  deliver(events: ScriptEvent[]): Promise<void>;
  /** Sentences about what was refused, most telling first; empty when all went well. */
  readonly problems: string[];
  /** Answers that were accepted, by door. */
  readonly answered: Record<AnswerEvent['door']['kind'], number>;
}

export interface DeliveryParts {
  webhooks: Pick<WebhookSender, 'deliver'>;
  /** Where the dev store listens; it learns of each webhook first, so that its Admin API agrees. */
  devStoreUrl: string;
  /** Gives an answer through its door; throws with a sentence if the app refuses it. */
  answer: (event: AnswerEvent) => Promise<AnswerEvent['door']['kind']>;
  /** Does what a member of staff does; throws with a sentence if the app refuses it. */
  act: (event: StaffEvent) => Promise<void>;
  fetch?: typeof fetch;
}

/** Complaints come one after another, since the month's budget goes to who complained first. */
function laneOf(event: ScriptEvent): string {
  if (event.kind !== 'answer') return event.subject;
  const [first] = PRESETS[event.survey].questions;
  const scale = first && isRating(first) ? RATING_SCALES[first.type] : null;
  return scale && routeOf(scale, event.answer.rating) === 'low' ? 'complaints' : event.subject;
}

export function createDelivery(parts: DeliveryParts): Delivery {
  const send = parts.fetch ?? fetch;
  const problems: string[] = [];
  const answered: Delivery['answered'] = { storefront: 0, thank_you: 0, mail: 0 };

  async function tellStore(webhooks: readonly WebhookEvent[]): Promise<void> {
    for (let at = 0; at < webhooks.length; at += STORE_PORTION) {
      // Written by hand: the bodies are JSON already.
      const list = webhooks
        .slice(at, at + STORE_PORTION)
        .map((event) => `{"topic":${JSON.stringify(event.topic)},"body":${event.body()}}`);
      const response = await send(`${parts.devStoreUrl}/control/store`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: `{"webhooks":[${list.join(',')}]}`,
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`The dev store refused its data with status ${response.status}.`);
    }
  }

  async function deliverOne(event: ScriptEvent): Promise<void> {
    if (event.kind !== 'webhook') {
      try {
        if (event.kind === 'answer') answered[await parts.answer(event)] += 1;
        else await parts.act(event);
      } catch (error) {
        problems.push(error instanceof Error ? error.message : String(error));
      }
      return;
    }
    const result = await parts.webhooks.deliver(
      {
        topic: event.topic,
        body: event.body(),
        webhookId: event.webhookId,
        eventId: event.webhookId,
        triggeredAt: new Date(event.triggeredAt),
      },
      { duplicate: event.copies },
    );
    if (result.ok) return;
    const last = result.statuses.at(-1) ?? 0;
    const why = last === 0 ? 'gave no answer' : `answered ${last}`;
    problems.push(
      `The app ${why} to ${event.topic} of ${event.subject} (${result.statuses.length} attempts).`,
    );
  }

  return {
    problems,
    answered,
    async deliver(events) {
      await tellStore(events.filter((event) => event.kind === 'webhook'));
      const lanes = new Map<string, ScriptEvent[]>();
      for (const event of events) {
        const key = laneOf(event);
        const lane = lanes.get(key);
        if (lane) lane.push(event);
        else lanes.set(key, [event]);
      }
      const waiting = lanes.values();
      const work = async () => {
        for (const lane of waiting) for (const event of lane) await deliverOne(event);
      };
      await Promise.all(Array.from({ length: Math.min(CONCURRENCY, lanes.size) }, work));
    },
  };
}
