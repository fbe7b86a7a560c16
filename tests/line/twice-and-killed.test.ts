import { beforeAll, describe, expect, it } from 'vitest';
import { isMessage, type ActionKind } from '#app/domain/core/actions.ts';
import { AppError } from '#app/domain/core/app-error.ts';
import type { Job } from '#app/infra/queue/jobs.ts';
import { INPUT_WEIGHTS, PART_WEIGHTS } from '#app/domain/scoring/health.ts';
import { oneByOne } from '#app/services/process-event.ts';
import { reconcile } from '#app/services/reconcile.ts';
import { outsideOf, stateOf } from '#tests/fakes/line-state.ts';
import { createLine, runJob, type LineHarness } from '#tests/fakes/line.ts';
import { resetDatabase, useTestDatabase } from '#tests/setup/database.ts';
import { CARE_SCENES } from './care-scenes.ts';
import { REWARD_SCENES } from './reward-scenes.ts';
import { ACTION_SCENES, EVENT_SCENES, START, type Scene } from './scenes.ts';
import { TOUCHPOINT_SCENES } from './touchpoint-scenes.ts';

const database = useTestDatabase();

async function open(scene: Scene): Promise<LineHarness> {
  await resetDatabase(database.pool);
  const line = await createLine(database, START);
  await scene(line);
  return line;
}

type End = Awaited<ReturnType<typeof endOf>>;
const endOf = async (line: LineHarness) => ({ state: await stateOf(line), outside: outsideOf(line) });

/** What stands in the queue is lost, leases and patience ran out; the sweep finds all of it. */
async function sweep(line: LineHarness) {
  line.jobs.length = 0;
  await line.rows(
    `UPDATE action SET queued_at = now() - interval '1 hour', lease_until = lease_until - interval '1 hour'`,
  );
  await line.rows(`UPDATE event SET created_at = now() - interval '1 hour'`);
  await reconcile(line.deps, {});
}

async function recover(line: LineHarness) {
  for (let turn = 0; turn < 3; turn += 1) {
    await sweep(line);
    await line.settle();
  }
}

class Killed extends Error {}

/** Runs a job and kills the process before its nth step; from then on nothing it tries has an effect. */
async function killAt(line: LineHarness, job: Job, step: number): Promise<'killed' | 'ended'> {
  let steps = 0;
  line.beforeStatement = () => {
    steps += 1;
    if (steps >= step) throw new Killed();
  };
  await runJob(line, job).catch((error: unknown) => {
    if (!(error instanceof Killed) && !(error instanceof AppError)) throw error;
  });
  line.beforeStatement = null;
  return steps >= step ? 'killed' : 'ended';
}

const LIMIT = 60;
/** What the sweep finds of a job: contacts that were to be decided together come back one by one. */
const sameWork = (job: Job) =>
  job.name === 'events.process'
    ? oneByOne(job.payload).map((alone) => JSON.stringify(alone))
    : [JSON.stringify(job)];

it('a survey that is to be reminded of has its timer as soon as it is sent, and not before', async () => {
  const reminded: Scene = async (line) => {
    await line.rows(`UPDATE shop SET settings = '{"reminderDays": 3}'`);
    await ACTION_SCENES['send_survey']!(line);
  };
  const ends = new Set<string>();
  for (let step = 1, ended = false; !ended; step += 1) {
    const line = await open(reminded);
    ended = (await killAt(line, line.jobs[0]!, step)) === 'ended';
    await recover(line);
    const [end] = await line.rows(
      `SELECT i.reason, (SELECT count(*)::int FROM timer WHERE kind = 'reminder.due' AND subject_id = i.id::text) AS timers
       FROM survey_invitation i WHERE i.kind = 'delivery' AND i.status = 'sent'`,
    );
    ends.add(JSON.stringify(end));
    expect(line.mails.length).toBeLessThanOrEqual(1);
    await line.close();
  }
  expect([...ends].toSorted()).toEqual(['{"reason":"unknown","timers":0}', '{"reason":null,"timers":1}']);
});

const SCENES = {
  ...EVENT_SCENES,
  ...ACTION_SCENES,
  ...REWARD_SCENES,
  ...TOUCHPOINT_SCENES,
  ...CARE_SCENES,
};

describe.each(Object.entries(SCENES))('%s', (name, scene) => {
  let undisturbed: End;
  beforeAll(async () => {
    const line = await open(scene);
    await line.settle();
    await recover(line);
    undisturbed = await endOf(line);
    await line.close();
  });

  it('run twice, also at once, ends the same', async () => {
    const line = await open(scene);
    const job = line.jobs[0]!;
    await Promise.all([runJob(line, job), runJob(line, job)]);
    await runJob(line, job);
    await line.settle();
    await recover(line);
    expect(await endOf(line)).toEqual(undisturbed);
  });

  // A message is never tried again by itself, so each of its deaths needs a life of its own.
  const isMail = isMessage(name as ActionKind);
  if (!isMail)
    it('killed again and again, one step further each time, ends the same', async () => {
      const line = await open(scene);
      const job = line.jobs[0]!;
      let deaths = 0;
      for (let open = true; open && deaths < LIMIT;) {
        if ((await killAt(line, job, deaths + 1)) === 'killed') deaths += 1;
        await sweep(line);
        open = line.jobs.some((found) => sameWork(job).includes(JSON.stringify(found)));
      }
      expect(deaths).toBeGreaterThan(3);
      expect(deaths).toBeLessThan(LIMIT);
      await recover(line);
      expect(await endOf(line)).toEqual(undisturbed);
      expect(
        await line.rows(`SELECT kind FROM action WHERE status NOT IN ('done', 'skipped', 'failed')`),
      ).toEqual([]);
    });

  if (isMail || name === 'create_recovery_discount' || name === 'give_incentive')
    it('killed at any step, is never done twice, and what waited for it goes on', async () => {
      let step = 1;
      for (let ended = false; !ended && step < LIMIT; step += 1) {
        const line = await open(scene);
        ended = (await killAt(line, line.jobs[0]!, step)) === 'ended';
        await recover(line);
        const unknown = await line.rows(`SELECT id FROM action WHERE status = 'unknown'`);
        expect(
          await line.rows(`SELECT kind FROM action WHERE status IN ('waiting', 'claimed', 'pending')`),
        ).toEqual([]);
        expect(await line.rows(`SELECT kind FROM survey_invitation WHERE status = 'sending'`)).toEqual([]);
        if (unknown.length > 0) {
          expect(isMail).toBe(true);
          expect(JSON.stringify(await line.deps.admin.system(line.shopId))).toContain(unknown[0]!['id']);
          expectAtMostOnce(await endOf(line), undisturbed);
        } else expect(await endOf(line), `killed before step ${step}`).toEqual(undisturbed);
        await line.close();
      }
      expect(step).toBeGreaterThan(4);
      expect(step).toBeLessThan(LIMIT);
    });
});

const CLICKS_COVERAGE = (PART_WEIGHTS.behaviour * INPUT_WEIGHTS.behaviour.engagement) / 10_000;
type CoveredCustomer = Record<string, unknown> & { health_coverage: number };

/** A message of unknown fate arrived once or not at all, and everything else is as it should be. */
function expectAtMostOnce(end: End, expected: End) {
  expect(expected.outside.mails).toEqual(expect.arrayContaining(end.outside.mails));
  expect(new Set(end.outside.mails).size).toBe(end.outside.mails.length);
  const { actions: _a, contacts: _c, invitations: _i, customers, ...rest } = end.state;
  const {
    actions: _b,
    contacts: _d,
    invitations: _j,
    customers: expectedCustomers,
    ...others
  } = expected.state;
  expect(rest).toEqual(others);
  // Of clicks in mails a score knows nothing while nobody knows whether there was a mail; all else of a person is the same.
  for (const [index, customer] of (expectedCustomers as CoveredCustomer[]).entries()) {
    const { health_coverage, ...known } = customers![index] as CoveredCustomer;
    expect({ ...known, health_coverage: customer.health_coverage }).toEqual(customer);
    expect([customer.health_coverage, customer.health_coverage - CLICKS_COVERAGE]).toContain(health_coverage);
  }
  expect(customers).toHaveLength(expectedCustomers!.length);
  expect(end.state.contacts).toSatisfy(
    (contacts: unknown[]) => contacts.length <= expected.state.contacts!.length,
  );
}
