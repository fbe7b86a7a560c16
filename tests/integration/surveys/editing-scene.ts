/** A shop's own surveys as the editor makes them, through the services, on PostgreSQL. */
import type { Pool } from 'pg';
import { uuidv7 } from 'uuidv7';
import type { LiveSurvey } from '#app/domain/core/state.ts';
import { definitionSchema, type Definition } from '#app/domain/surveys/definition.ts';
import { createAdminReads } from '#app/infra/db/reads/admin-reads.server.ts';
import { createSurveyDraftsRepo } from '#app/infra/db/survey-drafts.repo.server.ts';
import { changeSurveyStatus } from '#app/services/change-survey-status.ts';
import { createSurvey } from '#app/services/create-survey.ts';
import { publishSurvey } from '#app/services/publish-survey.ts';
import { saveSurveyDraft } from '#app/services/save-survey-draft.ts';
import { surveyFor } from '#app/services/survey-context.ts';
import { NOW, surveyDeps } from './survey-shop.ts';

export function editingScene(pool: () => Pool, shopId: () => string) {
  function deps() {
    const { clock, surveys } = surveyDeps(pool());
    const surveyDrafts = createSurveyDraftsRepo(pool());
    return { clock, surveys, newId: uuidv7, surveyDrafts, admin: createAdminReads(pool()) };
  }

  async function create(command: object = { preset: 'delivery' }): Promise<string> {
    const made = await createSurvey(deps(), { shopId: shopId(), command });
    if (made.outcome !== 'created') throw new Error(made.sentence);
    return made.surveyId;
  }

  const load = async (surveyId: string) => (await deps().surveyDrafts.load(shopId(), surveyId))!;
  const draftOf = async (surveyId: string) => definitionSchema.parse((await load(surveyId)).draft);

  async function save(surveyId: string, change: (draft: Definition) => unknown, revision?: number) {
    const json = JSON.stringify(change(await draftOf(surveyId)));
    const from = revision ?? (await load(surveyId)).revision;
    return saveSurveyDraft(deps(), { shopId: shopId(), surveyId, revision: from, json });
  }

  async function publish(
    surveyId: string,
    change: (draft: Definition) => unknown = (draft) => draft,
    more = {},
  ) {
    const json = JSON.stringify(change(await draftOf(surveyId)));
    const { revision } = await load(surveyId);
    return publishSurvey(deps(), { shopId: shopId(), surveyId, revision, json, staffId: '7', ...more });
  }

  const act = (name: string, id: string, more = {}) =>
    changeSurveyStatus(deps(), { shopId: shopId(), command: { act: name, id, ...more } });
  const live = async (shop = shopId()) =>
    (await pool().query('SELECT live_surveys FROM shop WHERE id = $1', [shop])).rows[0]
      .live_surveys as LiveSurvey[];

  /** The name of the survey that a shopper is asked now. */
  async function asked(now = NOW): Promise<string | null> {
    const shop = { id: shopId(), name: 'Moss', settings: {}, liveSurveys: await live() };
    const occasion = { kind: 'delivery', orderId: '1001', person: null, locale: 'en', now } as const;
    return (await surveyFor(deps(), shop, occasion))?.resolved.definition.name ?? null;
  }

  return { deps, create, load, draftOf, save, publish, act, live, asked };
}
