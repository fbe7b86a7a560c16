import { DAY_MS } from '#app/domain/core/calendar.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import { revisionSeen } from '#app/domain/surveys/earlier-answer.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import { processEvents } from '#app/services/process-event.ts';
import { submitByLink, submitByCustomer } from '#app/services/submit-answer.ts';
import { tick } from '#app/services/tick.ts';
import {
  customerRedactPayload,
  dataRequestPayload,
  disputePayload,
  mergePayload,
  orderPayload,
  returnPayload,
  shopRedactPayload,
  uninstalledPayload,
} from '#tests/factories/shopify-payloads.ts';
import { runJob, SHOP_DOMAIN, type LineHarness } from '#tests/fakes/line.ts';
import {
  ADA,
  at,
  BLANKET,
  delivered,
  life,
  order,
  ORDER_ID,
  refunded,
  type Webhook,
} from '#tests/fakes/order-life.ts';

/** Scenes end right before one job: what they return is the next thing that a worker would do. */
export type Scene = (line: LineHarness) => Promise<void>;

export const START = at('2026-03-02T09:00:00');
const SHOP = { shopId: '548380009', shopDomain: SHOP_DOMAIN };
const PERSON = { ...SHOP, customerId: ADA.id, email: ADA.email, orderIds: [ORDER_ID] };

export async function hear(line: LineHarness, ...webhooks: Webhook[]) {
  for (const { topic, payload } of webhooks) await line.receive(topic, payload);
}

/** Delivered, and the survey decided: the jobs that would send it, taken out of the queue. */
export async function surveyDecided(line: LineHarness): Promise<Job[]> {
  await hear(line, { topic: 'orders/paid', payload: order() }, ...delivered);
  await line.settle();
  await line.moveTo(at('2026-03-06T09:00:00'));
  await tick(line.deps, {});
  const due = line.jobs.shift();
  if (due?.name !== 'events.process') throw new Error('No contact was due.');
  await processEvents(line.deps, due.payload);
  return line.jobs.splice(0);
}

/** An order of Ada's (or another's) that is bought and delivered, all in one webhook. */
export function arrived(id: number, deliveredAt: Date, customer = ADA): Webhook {
  const orderId = String(id);
  const createdAt = new Date(deliveredAt.getTime() - 2 * DAY_MS);
  const lines = [{ id: String(id + 1), title: `Bowl ${id}`, unitPriceMinor: 2_000 }];
  const shipment = {
    id: String(id + 2),
    orderId,
    lineIds: [String(id + 1)],
    createdAt,
    updatedAt: deliveredAt,
    shipmentStatus: 'delivered',
  };
  const { email } = customer;
  const payload = order({
    id: orderId,
    name: `#${id}`,
    createdAt,
    updatedAt: deliveredAt,
    customer,
    email,
    lines,
    fulfillments: [shipment],
  });
  return { topic: 'orders/updated', payload };
}

/** The invitations of one kind, by order. */
export const invitationsOf = (line: LineHarness, kind: SurveyKind = 'delivery') =>
  line.rows(
    `SELECT order_id, status, reason, due_at FROM survey_invitation WHERE kind = $1 ORDER BY order_id, sequence`,
    [kind],
  );

/** Revenue of the month before, so that the month has a budget for recovery. */
const rich: Webhook = {
  topic: 'orders/create',
  payload: orderPayload({
    id: '4400',
    createdAt: at('2026-02-10T10:00:00'),
    financialStatus: 'paid',
    customer: { id: '4401', email: 'bob@example.com', createdAt: at('2026-01-05T00:00:00') },
    lines: [{ id: '4402', unitPriceMinor: 500_000 }],
  }),
};

const bought = async (line: LineHarness) => {
  await hear(line, rich, { topic: 'orders/paid', payload: order() });
  await line.settle();
};

/** The delivery survey was mailed. */
export const asked = async (line: LineHarness) => {
  await bought(line);
  await line.moveTo(at('2026-03-05T15:00:00'));
  await hear(line, ...delivered);
  await line.settle();
  await line.moveTo(at('2026-03-06T09:00:00'));
  await line.settle();
};

/** The relationship survey was mailed; nothing was delivered. */
const askedNps = async (line: LineHarness) => {
  await bought(line);
  await line.moveTo(at('2026-04-16T08:00:00'));
  await line.settle();
};

export async function answer(line: LineHarness, answers: Record<string, unknown>, isStep = false) {
  const token = /\/s\/[^/]+\/([\w-]{22})/.exec(
    line.mails.findLast((mail) => mail.text.includes('/s/'))!.text,
  )![1]!;
  return submitByLink(line.deps, {
    shopId: line.shopId,
    token,
    client: null,
    submission: { answers },
    isStep,
  });
}

/** An answer through the storefront, by the customer whom Shopify's signature names, on a page that is opened now. */
export async function answerOnPage(line: LineHarness, kind: SurveyKind, answers: Record<string, unknown>) {
  const claims = { shopId: line.shopId, customerId: ADA.id, orderId: ORDER_ID, kind };
  const expiresAt = new Date((await line.deps.clock.now()).getTime() + 3_600_000);
  const customer = await line.deps.openSurveys.customerOrders(line.shopId, ADA.id, ORDER_ID);
  const seen = revisionSeen(customer?.orders[0]?.earlier[kind]);
  return submitByCustomer(line.deps, {
    ...claims,
    shopDomain: SHOP_DOMAIN,
    pageToken: line.deps.tokens.issuePageToken(claims, expiresAt, seen),
    locale: null,
    submission: { answers },
  });
}

const complained = async (line: LineHarness) => {
  await asked(line);
  await answer(line, { rating: 1, comment_low: 'It came broken.' });
};
const praised = async (line: LineHarness) => {
  await askedNps(line);
  await answer(line, { rating: 10 });
};

/** A low answer was heard, with all that follows; then staff acted on it, and the line has still to decide. */
const moderated =
  (...acts: ('quarantine' | 'restore')[]): Scene =>
  async (line) => {
    await complained(line);
    await line.settle();
    const [response] = await line.rows<{ id: string }>('SELECT id FROM survey_response');
    for (const kind of acts) {
      await line.settle();
      const eventId = line.deps.newId();
      const at = await line.deps.clock.now();
      const act = { eventId, kind, reason: null, staffId: '7', at };
      await line.deps.acts.moderateAnswer(line.shopId, response!.id, act);
      line.jobs.push({ name: 'event.process', payload: { shopId: line.shopId, eventId } });
    }
  };

const after =
  (before: Scene, ...webhooks: Webhook[]): Scene =>
  async (line) => {
    await before(line);
    await hear(line, ...webhooks);
  };
const fresh: Scene = async () => undefined;

/** One scene for each kind of event. */
export const EVENT_SCENES: Record<string, Scene> = {
  'a paid order': after(fresh, life[1]!),
  'a delivery': after(async (line) => {
    await bought(line);
    await line.moveTo(at('2026-03-05T15:00:00'));
    await hear(line, delivered[0]!);
    await line.settle();
  }, delivered[1]!),
  'a refund': after(bought, refunded[0]!),
  'a chargeback': after(bought, {
    topic: 'disputes/create',
    payload: disputePayload({
      ...{ id: '9007199254740993999', orderId: ORDER_ID, status: 'under_review' },
      initiatedAt: at('2026-03-02T08:59:30'),
    }),
  }),
  'a customer': after(fresh, life[3]!),
  'a consent': after(bought, life.at(-1)!),
  'a return': after(bought, {
    topic: 'returns/request',
    payload: returnPayload({
      id: '901',
      orderId: ORDER_ID,
      lines: [{ id: '902', lineId: BLANKET, quantity: 1 }],
    }),
  }),
  'a merge': after(bought, {
    topic: 'customers/merge',
    payload: mergePayload({ keptId: '4401', deletedId: ADA.id }),
  }),
  'an erasure': after(asked, { topic: 'customers/redact', payload: customerRedactPayload(PERSON) }),
  'a data request': after(bought, {
    topic: 'customers/data_request',
    payload: dataRequestPayload({ ...PERSON, requestId: '77' }),
  }),
  'an uninstall': after(bought, { topic: 'app/uninstalled', payload: uninstalledPayload(SHOP) }),
  'a shop’s erasure': after(
    after(async (line) => {
      await bought(line);
      await hear(line, { topic: 'app/uninstalled', payload: uninstalledPayload(SHOP) });
      await line.settle();
    }),
    { topic: 'shop/redact', payload: shopRedactPayload(SHOP) },
  ),
  'a low answer': complained,
  'a high answer': praised,
  'an answer that staff hold back': moderated('quarantine'),
  'an answer that staff let go': moderated('quarantine', 'restore'),
  'a survey that is due': async (line) => {
    await bought(line);
    await line.moveTo(at('2026-03-05T15:00:00'));
    await hear(line, ...delivered);
    await line.settle();
    await line.moveTo(at('2026-03-06T09:00:00'));
    await tick(line.deps, {});
  },
  'a reminder that is due': async (line) => {
    await line.rows(`UPDATE shop SET settings = '{"reminderDays": 3}'`);
    await asked(line);
    await line.moveTo(at('2026-03-09T09:00:00'));
    await tick(line.deps, {});
  },
  'points that are due': async (line) => {
    await asked(line);
    await line.moveTo(at('2026-04-04T12:00:00'));
    await line.settle();
    await line.moveTo(at('2026-04-05T09:00:00'));
    await tick(line.deps, {});
  },
};

/** Works until an action of this kind is next. */
export const until =
  (kind: string, scene: Scene): Scene =>
  async (line) => {
    await scene(line);
    for (let job = line.jobs[0]; job; job = line.jobs[0]) {
      if (job.name === 'action.run') {
        const [row] = await line.rows('SELECT kind FROM action WHERE id = $1', [job.payload.actionId]);
        if (row!['kind'] === kind) return;
      }
      line.jobs.shift();
      await runJob(line, job);
    }
    throw new Error(`The scene came to no action "${kind}".`);
  };

/** One scene for each kind of action. */
export const ACTION_SCENES: Record<string, Scene> = {
  post_points: until('post_points', EVENT_SCENES['a paid order']!),
  send_survey: until('send_survey', EVENT_SCENES['a survey that is due']!),
  send_survey_reminder: until('send_survey_reminder', EVENT_SCENES['a reminder that is due']!),
  open_case: until('open_case', complained),
  // The case is there already: the answer joins it.
  'open_case, joined': until('open_case', async (line) => {
    await complained(line);
    await line.settle();
    await answerOnPage(line, 'usage', { rating: 2 });
  }),
  create_recovery_discount: until('create_recovery_discount', complained),
  send_acknowledgement: until('send_acknowledgement', complained),
  issue_referral_code: until('issue_referral_code', praised),
  send_referral_invite: until('send_referral_invite', async (line) => {
    await askedNps(line);
    await hear(line, life[3]!);
    await line.settle();
    await answer(line, { rating: 10 });
  }),
};
