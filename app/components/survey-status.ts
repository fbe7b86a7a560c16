import type { SurveyStatus } from '../infra/db/survey-drafts.repo.server.ts';
import type { Tone } from './words.ts';

export const STATUS_LABELS: Record<SurveyStatus, { label: string; tone: Tone }> = {
  draft: { label: 'Draft', tone: 'info' },
  live: { label: 'Live', tone: 'success' },
  paused: { label: 'Paused', tone: 'attention' },
  archived: { label: 'Archived', tone: undefined },
};
