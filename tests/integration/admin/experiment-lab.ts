import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import { createExperimentsRepo } from '#app/infra/db/experiments.repo.server.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { createStaffActs } from '#app/infra/db/staff-acts.repo.server.ts';
import { createSurveyDraftsRepo } from '#app/infra/db/survey-drafts.repo.server.ts';
import { createSurveysRepo } from '#app/infra/db/surveys.repo.server.ts';
import { createExperiment } from '#app/services/create-experiment.ts';
import { endExperiment } from '#app/services/end-experiment.ts';
import { showExperiment } from '#app/services/show-experiment.ts';
import { startExperiment } from '#app/services/start-experiment.ts';
import { aCustomer, anAnswer, anInvitation, daysAgo, NOW } from './seed.ts';

/** A shop that experiments: its services on a real database, and people who fell to an arm. */
export function experimentLab(pool: Pool, shopId: string) {
  const deps = {
    ...{ admin: createAdminReads(pool), acts: createStaffActs(pool), surveys: createSurveysRepo(pool) },
    ...{ experiments: createExperimentsRepo(pool), surveyDrafts: createSurveyDraftsRepo(pool) },
    ...{ newId: uuidv7, clock: { now: async () => NOW } },
  };
  const shop = async () => {
    const { rows } = await pool.query(
      'SELECT id, settings, live_experiments AS live FROM shop WHERE id = $1',
      [shopId],
    );
    return rows[0] as { id: string; settings: unknown; live: unknown[] };
  };
  const create = async (over: Record<string, unknown> = {}) => {
    const form = {
      ...{ name: 'Later', kind: 'delivery', dimension: 'timing', points: 5 },
      ...{ variants: [{ name: 'After 3 days', delayDays: 3 }] },
      ...over,
    };
    return createExperiment(deps, { shop: await shop(), json: JSON.stringify(form) });
  };
  return {
    deps,
    shop,
    create,
    live: async () => (await shop()).live,
    /** @returns its id */
    async created(over: Record<string, unknown> = {}) {
      const made = await create(over);
      if (made.outcome !== 'created') throw new Error(made.errors.join(' '));
      return made.experimentId;
    },
    start: async (experimentId: string) => startExperiment(deps, { shop: await shop(), experimentId }),
    end: (act: string, id: string, of = shopId) => endExperiment(deps, { shopId: of, command: { act, id } }),
    show: (experimentId: string, of = shopId) => showExperiment(deps, { shopId: of, experimentId }),
    /** One who fell to an arm and was asked 15 days ago. */
    async person(experimentId: string, arm: string, more: Record<string, unknown> = {}): Promise<string> {
      const id = await aCustomer(pool, shopId);
      await anInvitation(pool, shopId, id, {
        ...{ experiment_id: experimentId, arm, order_id: id },
        ...{ sent_at: daysAgo(15), decided_at: daysAgo(15) },
        ...more,
      });
      return id;
    },
    answers: (customerId: string, more: Record<string, unknown> = {}) =>
      anAnswer(pool, shopId, {
        ...{ customer_id: customerId, order_id: customerId, answer_key: `delivery:${customerId}:0` },
        ...{ answered_at: daysAgo(14), ...more },
      }),
  };
}
