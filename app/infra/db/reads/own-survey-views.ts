/** What the admin shows of the surveys that a shop made; times are ISO text in UTC. */
import type { SurveyKind } from '../../../domain/core/state.ts';
import type { SurveyStatus } from '../survey-drafts.repo.server.ts';

export interface OwnSurveyRow {
  id: string;
  kind: SurveyKind;
  name: string;
  status: SurveyStatus;
  liveVersion: number | null;
  /** The draft says something else than what shoppers see. */
  changed: boolean;
  questions: number;
  /** It is for some orders only. */
  targeted: boolean;
  updatedAt: string;
  publishedAt: string | null;
  lastAnswerAt: string | null;
}

export interface StoredDraft {
  id: string;
  kind: SurveyKind;
  status: SurveyStatus;
  liveVersion: number | null;
  changed: boolean;
  revision: number;
  /** As stored; parse it as a definition. */
  draft: unknown;
  publishedAt: string | null;
  /** null: nobody of the staff that is still known. */
  publishedBy: string | null;
}

export interface SoldProduct {
  /** Shopify's id as decimal text. */
  id: string;
  title: string;
}
