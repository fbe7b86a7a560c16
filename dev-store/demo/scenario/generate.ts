import { DAY_MS } from '#app/domain/core/calendar.ts';
import {
  countWebhooks,
  mailKey,
  sortByTime,
  type MailAnswer,
  type Script,
  type ScriptEvent,
} from '../script.ts';
import { PRODUCTS, productBodies, SHOP } from './catalogue.ts';
import { disturb, extraEvents } from './extras.ts';
import { planOpinions } from './opinions.ts';
import { orderEvents } from './order-events.ts';
import { createIds, lineOf, planOrder, type OrderPlan } from './order-plan.ts';
import { createPeople, type Person } from './people.ts';
import { createRandom } from './random.ts';
import { stories, type Story } from './stories.ts';

/** 10:00 in Berlin, the hour of the daily work, so that statistics and scores share one step. */
const START = Date.UTC(2026, 6, 20, 8);
const DAYS = 100;
const SEED = 'elbe-1';
/** Raised when the scenario changes, so that an older play makes room. */
const VERSION = 4;
/** The story breaks off here, in the middle of things, as any real shop's does today. */
const CUT_OFF = START + (DAYS + 1) * DAY_MS;

/** The generated shop: 100 days, about 800 orders, every stage of the app exercised. The same on every machine. */
export function generatedScript(seed: string = SEED): Script {
  const random = createRandom(seed);
  const people = createPeople(random.fork('people'), START, DAYS);
  const told = stories(START);
  const newId = createIds();
  const plans = planAll(random, newId, people, told);
  const storyOf = new Map(told.map((story) => [story.person, story]));

  const events: ScriptEvent[] = [];
  const mailAnswers = new Map<string, MailAnswer>();
  const { events: extras, silenced } = extraEvents(
    random.fork('extras'),
    people,
    plans,
    START + DAYS * DAY_MS,
  );
  for (const plan of plans) {
    const own = random.fork(plan.id);
    const story = storyOf.get(plan.person);
    // The story may change the plan, so it is told before the plan is written down.
    const opinions = story ? story.tell(plan, own, newId) : planOpinions(own, plan);
    events.push(...orderEvents(plan, newId));
    if (silenced.has(plan.id)) continue;
    events.push(...opinions.events);
    for (const [survey, answer] of opinions.mails) mailAnswers.set(mailKey(plan.id, survey), answer);
  }
  events.push(...extras);
  disturb(random.fork('disturb'), events);
  const shown = sortByTime(events.filter((event) => event.at <= CUT_OFF));
  return {
    key: `${seed}-v${VERSION}`,
    title: `The generated shop (${DAYS} days, ${plans.length} orders)`,
    shop: SHOP,
    startAt: new Date(START),
    events: shown.map((event) => ({ ...event, at: Math.max(event.at, START + 1000) })),
    mailAnswers,
    runOnDays: 0,
    staffed: true,
    products: productBodies(new Date(START)),
    counts: {
      orders: plans.length,
      customers: new Set(plans.map((plan) => plan.person.spec.id)).size,
      webhooks: countWebhooks(shown),
    },
  };
}

function planAll(
  random: ReturnType<typeof createRandom>,
  newId: ReturnType<typeof createIds>,
  people: Person[],
  told: Story[],
): OrderPlan[] {
  const everybody = [...people, ...told.map((story) => story.person)];
  const times = everybody.flatMap((person) => person.orderTimes.map((at, nth) => ({ person, at, nth })));
  times.sort((a, b) => a.at - b.at);
  const orders = random.fork('orders');
  const plans = times.map(({ person, at, nth }, index) =>
    planOrder(orders, newId, person, Math.max(at, START + 3_600_000), nth, 1001 + index),
  );
  addSpecials(plans, newId);
  return plans;
}

/** One test order, and one that is nothing but a download. */
function addSpecials(plans: OrderPlan[], newId: ReturnType<typeof createIds>): void {
  const plain = plans.filter(
    (plan) =>
      plan.nth === 0 &&
      plan.channel === 'web' &&
      plan.person.orderTimes.length === 1 &&
      plan.cancelledAt === null,
  );
  const [test, digital] = [plain.at(-30), plain.at(-20)];
  const course = PRODUCTS.find((product) => !product.ships);
  if (!test || !digital || !course) throw new Error('The scenario has too few orders for its special cases.');
  test.test = true;
  Object.assign(digital, {
    lines: [lineOf(newId, course, 1, 0)],
    discountCode: null,
    shippingMinor: 0,
    shipments: [],
    refunds: [],
    returned: null,
    edit: null,
  });
}
