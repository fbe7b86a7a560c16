import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { OwnSurveyRow } from '../infra/db/reads/own-survey-views.ts';
import { actsOn, OwnSurveys, undoOf } from './own-surveys.tsx';

const row = (over: Partial<OwnSurveyRow>): OwnSurveyRow => ({
  ...{ id: 'a', kind: 'delivery', name: 'Parcel', status: 'live', liveVersion: 1, changed: false },
  ...{
    questions: 4,
    targeted: false,
    schedule: null,
    identity: 'identified',
    updatedAt: '',
    publishedAt: null,
    lastAnswerAt: null,
  },
  ...over,
});

function words(rows: OwnSurveyRow[], refused?: string): string {
  const data = refused ? { done: { outcome: 'refused' as const, sentence: refused } } : undefined;
  const html = renderToStaticMarkup(
    <AppProvider i18n={en}>
      <OwnSurveys
        rows={rows}
        sender={{ state: 'idle', data, submit: () => undefined }}
        now="2026-03-02T09:00:00Z"
        timeZone="Europe/Berlin"
        onCreate={() => undefined}
      />
    </AppProvider>,
  );
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
}

describe('the list', () => {
  it('says of each what it is, and when it was last answered', () => {
    const text = words([
      row({ changed: true, targeted: true, lastAnswerAt: '2026-03-01T09:00:00Z' }),
      row({ id: 'b', name: 'Draft', status: 'draft', questions: 1 }),
      row({ id: 'c', name: 'Old', status: 'archived' }),
    ]);
    expect(text).toContain(
      'Success Live Attention Changes not published Delivery survey · 4 questions · for some orders · last answer 1 day ago',
    );
    expect(text).toContain('Draft Info Draft Delivery survey · 1 question More');
    expect(text).toMatch(/Archived \(1\)/);
  });

  it('says of one without names whose its answers are, and not when one came', () => {
    expect(words([row({ identity: 'anonymous' })])).toMatch(
      /Delivery survey · 4 questions · anonymous(?! ·)/,
    );
    expect(words([row({ identity: 'pseudonymous' })])).toContain('4 questions · under a pseudonym');
  });

  it('says how many of the promised rewards are given', () => {
    expect(words([row({ rewards: { given: 12, budget: 100 } })])).toContain('12 of 100 rewards given');
    expect(words([row({})])).not.toContain('reward');
  });

  it('says of each when it is asked, in the time of the shop', () => {
    const text = words([
      row({ schedule: { from: '2026-03-03T23:00:00Z', until: '2026-03-10T22:59:00Z' } }),
      row({ id: 'b', schedule: { until: '2026-03-01T22:59:00Z' } }),
      row({ id: 'c', status: 'paused', schedule: { from: '2026-03-03T23:00:00Z' } }),
    ]);
    expect(text).toContain('Scheduled from 4 Mar 2026, 00:00');
    expect(text).toContain('until 10 Mar 2026, 23:59');
    expect(text).toContain('Ended 1 Mar 2026, 23:59');
    expect(text).not.toContain('until 1 Mar');
    expect(text).toContain('Paused');
  });

  it('without any says what they are for, and a refusal stays in sight', () => {
    expect(words([])).toMatch(/presets below are asked as they are.*Create from preset/);
    expect(words([row({})], 'Somebody was faster.')).toContain('Somebody was faster.');
  });
});

describe('what can be done', () => {
  const kept = [
    row({ id: 'a' }),
    row({ id: 'b', status: 'paused' }),
    row({ id: 'c', kind: 'usage', status: 'draft' }),
  ];
  const labels = (survey: OwnSurveyRow) => actsOn(survey, kept).map(({ label }) => label);

  it('fits the status and the place', () => {
    expect(labels(kept[0]!)).toEqual(['Duplicate', 'Pause', 'Ask later', 'Archive']);
    expect(labels(kept[1]!)).toEqual(['Duplicate', 'Resume', 'Ask earlier', 'Archive']);
    expect(labels(kept[2]!)).toEqual(['Duplicate', 'Archive']);
    expect(labels(row({ status: 'archived' }))).toEqual(['Duplicate', 'Restore']);
  });

  it('can be taken back', () => {
    const changed = { outcome: 'changed', surveyId: 'a', before: 'live', sentence: '' } as const;
    const status = { intent: 'status', id: 'a' };
    expect(undoOf({ ...changed, act: 'pause' })).toEqual({ ...status, act: 'resume' });
    expect(undoOf({ ...changed, act: 'resume' })).toEqual({ ...status, act: 'pause' });
    expect(undoOf({ ...changed, act: 'archive' })).toEqual({ ...status, act: 'restore', to: 'live' });
    expect(undoOf({ ...changed, act: 'restore' })).toEqual({ ...status, act: 'archive' });
    expect(undoOf({ outcome: 'moved', surveyId: 'a', act: 'up', sentence: '' })).toEqual({
      intent: 'move',
      act: 'down',
      id: 'a',
    });
    const created = { outcome: 'created', surveyId: 'a', sentence: '' } as const;
    expect(undoOf({ ...created, copied: true })).toEqual({ ...status, act: 'archive' });
    expect(undoOf({ ...created, copied: false })).toBeNull();
    expect(undoOf({ outcome: 'refused', sentence: '' })).toBeNull();
    expect(undoOf(undefined)).toBeNull();
  });
});
