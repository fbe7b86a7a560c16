// @vitest-environment jsdom
import { beforeAll, describe, expect, it } from 'vitest';
import { everyType } from '#tests/factories/survey-pages.ts';
import type { FieldError } from '../../domain/surveys/contract.ts';
import { readAnswers } from '../../domain/surveys/read-answers/read-answers.ts';
import { readFields } from './form-fields.ts';
import type { GivenAnswers } from './form-fields.ts';
import { surveyPage } from './survey-pages.server.tsx';

/** Puts the page into the document, as a browser without a script would have it. */
async function open(given: GivenAnswers = {}, errors: FieldError[] = [], locale = 'en') {
  const html = await surveyPage(everyType(locale), { given, errors }).text();
  document.documentElement.innerHTML = html.replace(/<script[^]*<\/script>/, '');
  return document.querySelector('form')!;
}

const all = (selector: string) => [...document.querySelectorAll<HTMLInputElement>(selector)];
const question = (id: string) => document.querySelector<HTMLElement>(`[data-question="${id}"]`)!;
/** What a screen reader says of a field within a label. */
const labels = (selector: string) =>
  all(selector).map((field) => field.closest('label')?.textContent?.replace(/\s+/g, ' ').trim());

/** As chosen by hand; every field is there only if its type is rendered. */
const ANSWERS: GivenAnswers = {
  nps: '3',
  why: 'It came late.',
  taste: '4',
  mood: '2',
  'lines.11': '5',
  'lines.12': '1',
  effort: '7',
  source: 'other',
  'source.other': 'At a market',
  brew: ['filter', 'moka'],
  rank: ['fresh', 'price'],
  city: 'Wien',
  news: 'true',
  'contact.name': 'Ada',
  'contact.email': 'ada@example.com',
  'contact.phone': '+43 1 234567',
  more: 'Keep going.',
};

describe('every type', () => {
  beforeAll(() => open());

  it('has its fields', () => {
    expect(all('[data-question]').map(({ dataset }) => dataset.question)).toEqual([
      'nps',
      'why',
      'taste',
      'mood',
      'lines',
      'effort',
      'source',
      'brew',
      'rank',
      'city',
      'news',
      'contact',
      'more',
    ]);
    expect(all('[name=_edition]').map(({ value }) => value)).toEqual(['preset.1']);
  });

  it('names every value, the ends in words', () => {
    expect(labels('[name=nps]').at(0)).toBe('0, Not at all likely');
    expect(labels('[name=nps]').at(10)).toBe('10, Extremely likely');
    expect(labels('[name=taste]')).toEqual(['1, Not for me', '2', '3', '4', '5, Wonderful']);
    expect(labels('[name=mood]')[1]).toBe('Unhappy');
    expect(labels('[name="lines.12"]')[0]).toBe('1, Very dissatisfied');
    expect(labels('[name=source]').at(-1)).toBe('Somewhere else');
    expect(labels('[name="source.other"]')).toEqual(['Your own words']);
    expect(labels('[name=news]')).toEqual(['I agree']);
    expect(labels('[name="contact.email"]')).toEqual(['E-mail']);
  });

  it('is a group with a name and its explanation', () => {
    for (const element of all('fieldset[data-question]')) {
      expect(element.firstElementChild?.localName).toBe('legend');
      for (const id of element.getAttribute('aria-describedby')!.split(' ')) {
        expect(document.getElementById(id), id).not.toBeNull();
      }
    }
    expect(question('nps').getAttribute('role')).toBe('radiogroup');
    expect(question('brew').getAttribute('role')).toBeNull();
    expect(question('news').textContent).toContain('At most once a month.');
    expect(question('brew').textContent).toContain('Please choose no more than 2.');
    expect(question('nps').textContent).not.toContain('optional');
    expect(question('taste').textContent).toContain('(optional)');
    expect(all('.line legend').map((legend) => legend.textContent)).toEqual([
      'Ethiopia Guji, 250 g',
      'Hand grinder "Moss"',
    ]);
  });

  it('helps a phone to fill in contact details', () => {
    const about = ['type', 'inputmode', 'autocomplete', 'name'];
    expect(all('[name^="contact."]').map((field) => about.map((each) => field.getAttribute(each)))).toEqual([
      ['text', null, 'name', 'contact.name'],
      ['email', 'email', 'email', 'contact.email'],
      ['tel', 'tel', 'tel', 'contact.phone'],
    ]);
  });

  it('demands nothing in the browser of a question that may be hidden', () => {
    expect(all('[required]').map(({ name }) => name)).toEqual(Array.from({ length: 11 }, () => 'nps'));
  });
});

describe('answers', () => {
  it('stand in the fields again, and are sent as they were', async () => {
    const form = await open(ANSWERS);
    expect(readFields(new FormData(form))).toEqual({ edition: 'preset.1', answers: ANSWERS });
  });

  it('are read by the server as they stand in the form', async () => {
    const { answers } = readFields(new FormData(await open(ANSWERS)));
    const read = readAnswers(everyType().resolved, { answers });
    expect(read).toMatchObject({ outcome: 'accepted', route: 'low', comment: 'It came late.' });
    expect(read.outcome === 'accepted' && read.answers).toHaveLength(13);
  });

  it('a ranking of one place is a list still', async () => {
    const { answers } = readFields(new FormData(await open({ nps: '9', rank: ['origin'] })));
    expect(answers.rank).toEqual(['origin']);
    expect(readAnswers(everyType().resolved, { answers })).toMatchObject({ outcome: 'accepted' });
  });

  it('of a form that was left empty are no answers', async () => {
    const { answers } = readFields(new FormData(await open()));
    expect(readAnswers(everyType().resolved, { answers })).toMatchObject({
      errors: [{ field: 'nps', code: 'required' }],
    });
  });
});

describe('faults', () => {
  const fault = (field: string, part?: string): FieldError => ({
    field,
    ...(part && { part }),
    code: 'wrong_type',
    message: `Wrong: ${field} ${part ?? ''}`.trim(),
  });

  it('stand at their questions and above the form, and the browser lets them be sent again', async () => {
    const form = await open({ nps: '3' }, [fault('nps'), fault('contact', 'email'), fault('lines', '12')]);
    expect(form.noValidate).toBe(true);
    expect(all('.error').map((error) => error.textContent)).toContain('Wrong: nps');
    expect(question('nps').getAttribute('aria-invalid')).toBe('true');
    expect(all('input[aria-invalid]').map(({ name }) => name)).toEqual(['contact.email']);
    expect(all('.line[aria-invalid] input')[0]?.name).toBe('lines.12');
    expect(all('#errors a').map((link) => link.getAttribute('href'))).toEqual([
      '#q-nps',
      '#q-contact',
      '#q-lines',
    ]);
    for (const link of all('#errors a')) {
      expect(document.querySelector(link.getAttribute('href')!)).not.toBeNull();
    }
  });

  it('of the answers as a whole stand above the form', async () => {
    await open({}, [fault('answers')]);
    expect(document.querySelector('#errors')?.textContent).toContain('Wrong: answers');
  });
});

it('runs from right to left where the language does', async () => {
  await open({}, [], 'ar');
  expect(document.documentElement.querySelector('.main')?.textContent).toBe('إرسال');
  expect(question('brew').textContent).toContain('2');
});
