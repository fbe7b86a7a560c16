/** What the admin shows of the surveys that a shop made; times are ISO text in UTC. */
import type { SurveyKind } from '../../../domain/core/state.ts';
import type { Identity } from '../../../domain/surveys/contract.ts';
import type { OpeningTimes } from '../../../domain/surveys/opening.ts';
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
  /** When the published version is asked; null: always, or nothing is published. */
  schedule: OpeningTimes | null;
  /** With whom the answers to the published version are stored. */
  identity: Identity;
  /** Of the published version's incentive; absent or null: it has none. */
  rewards?: { given: number; budget: number } | null;
  updatedAt: string;
  publishedAt: string | null;
  /** Of the answers that are stored with their customer: of the others nobody is told the day. */
  lastAnswerAt: string | null;
}

export interface StoredDraft {
  id: string;
  kind: SurveyKind;
  status: SurveyStatus;
  liveVersion: number | null;
  changed: boolean;
  revision: number;
  /** When the published version is asked; null: always, or nothing is published. */
  schedule: OpeningTimes | null;
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

export interface SoldCollection {
  /** Shopify's id as decimal text. */
  id: string;
  title: string;
}
