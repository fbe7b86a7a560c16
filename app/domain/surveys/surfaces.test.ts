import { describe, expect, it } from 'vitest';
import { options, survey } from '#tests/factories/surveys.ts';
import { PRESETS } from './presets.ts';
import { QUESTION_TYPES } from './contract.ts';
import { planSurface, SURFACE_MATRIX, SURFACES } from './surfaces.ts';

/** n = native, f = native as the first question, - = linked to the hosted page. */
const LETTERS = { native: 'n', first: 'f', linked: '-' };

describe('the matrix of surface and type', () => {
  //                       theme checkout order account email hosted kiosk
  it.each([
    ['nps', 'n n n n f n n'],
    ['csat', 'n n n n f n n'],
    ['ces', 'n n n n f n n'],
    ['stars', 'n n n n f n n'],
    ['smileys', 'n n n n f n n'],
    ['choice', 'n n n n f n n'],
    ['multiple_choice', 'n n n n - n n'],
    ['line_rating', 'n n n n - n -'],
    ['short_text', 'n n n n - n n'],
    ['long_text', 'n n n n - n n'],
    ['consent', 'n n n n - n n'],
    ['contact', 'n n n n - n n'],
    ['ranking', 'n n n n - n n'],
    ['image_upload', 'n - - - - n -'],
    ['voice_note', 'n - - - - n -'],
  ] as const)('%s: %s', (type, row) => {
    expect(SURFACES.map((surface) => LETTERS[SURFACE_MATRIX[type][surface]]).join(' ')).toBe(row);
  });

  it('has every type, and a page that shows them all', () => {
    expect(Object.keys(SURFACE_MATRIX).sort()).toEqual([...QUESTION_TYPES].sort());
    expect(QUESTION_TYPES.every((type) => SURFACE_MATRIX[type].hosted === 'native')).toBe(true);
  });
});

describe('planSurface', () => {
  const { questions } = survey([
    { id: 'rating', type: 'nps', required: true },
    { id: 'why', type: 'choice', options: options('a', 'b') },
    { id: 'voice', type: 'voice_note' },
    { id: 'rank', type: 'ranking', required: true, options: options('a', 'b') },
  ]);

  it.each([
    ['hosted', ['rating', 'why', 'voice', 'rank'], true],
    ['checkout', ['rating', 'why', 'rank'], true],
    ['customer_account', ['rating', 'why', 'rank'], true],
    ['email', ['rating'], false],
  ] as const)('%s shows %j', (surface, native, completesHere) => {
    const plan = planSurface(questions, surface);
    expect(plan).toMatchObject({ native, completesHere });
    expect([...plan.native, ...plan.linked].sort()).toEqual(['rank', 'rating', 'voice', 'why']);
  });

  it('a required file keeps a survey from being completed where files are not known', () => {
    const { questions: asked } = survey([{ id: 'photo', type: 'image_upload', required: true }]);
    const where = SURFACES.filter((surface) => !planSurface(asked, surface).completesHere);
    expect(where).toEqual(['checkout', 'order_status', 'customer_account', 'email', 'kiosk']);
  });

  it('leads on to the hosted page only where it is known who is there', () => {
    expect(SURFACES.filter((surface) => planSurface(questions, surface).leadsOn)).toEqual([
      'customer_account',
      'email',
    ]);
  });

  it('a mail shows nothing by itself when the first question needs more than a tap', () => {
    expect(planSurface(questions.slice(2), 'email').native).toEqual([]);
    expect(planSurface(questions.slice(1), 'email').native).toEqual(['why']);
  });

  it.each(SURFACES)('%s can complete the presets, or leads on after the first tap', (surface) => {
    const plan = planSurface(PRESETS.usage.questions, surface);
    expect(plan.native[0]).toBe('rating');
    expect(plan.completesHere).toBe(true);
  });
});
