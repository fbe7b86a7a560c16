import { describe, expect, it } from 'vitest';
import { facts, options, survey } from '#tests/factories/surveys.ts';
import { resolveSurvey } from '../logic.ts';
import { readAnswers } from './read-answers.ts';

const upload = '0190f3c2-7a41-7cc0-8c5a-1f2e3d4c5b6a';
const [second, third] = [upload.replace(/a$/, 'b'), upload.replace(/a$/, 'c')];
const QUESTIONS: Record<string, Record<string, unknown>> = {
  nps: { type: 'nps' },
  smileys: { type: 'smileys' },
  lines: { type: 'line_rating' },
  one: { type: 'choice', options: options('a', 'b'), other: { text: 'usage.low' } },
  many: { type: 'multiple_choice', options: options('a', 'b', 'c'), other: { text: 'usage.low' }, atMost: 2 },
  rank: { type: 'ranking', options: options('a', 'b', 'c') },
  short: { type: 'short_text', maxLength: 5 },
  long: { type: 'long_text' },
  consent: { type: 'consent' },
  contact: { type: 'contact', asks: ['name', 'email', 'phone'] },
  email: { type: 'contact', asks: ['email'] },
  picture: { type: 'image_upload', maxFiles: 2 },
  voice: { type: 'voice_note' },
};

/** Reads the answer to one question alone; `sent` by field. */
function readOne(id: string, sent: object, required = false) {
  const definition = survey([{ id, required, ...QUESTIONS[id] }], { needsRating: false });
  return readAnswers(resolveSurvey(definition, facts({ lineIds: ['11', '12'] }), {}), { answers: sent });
}

describe('accepted', () => {
  it.each<[string, object, object | null]>([
    ['nps', { nps: 0 }, { kind: 'rating', metric: 'nps', value: 0, normalised: 0 }],
    ['nps', { nps: '10' }, { value: 10, normalised: 100 }],
    ['smileys', { smileys: 4 }, { kind: 'rating', metric: null, scale: 'csat', value: 4, normalised: 75 }],
    [
      'lines',
      { lines: { '11': 5, '12': '2' } },
      {
        kind: 'lines',
        ratings: [
          { lineId: '11', value: 5 },
          { lineId: '12', value: 2, normalised: 25 },
        ],
      },
    ],
    ['lines', { 'lines.11': '3', 'lines.12': '' }, { ratings: [{ lineId: '11', value: 3 }] }],
    ['lines', { lines: {} }, null],
    ['one', { one: 'a', 'one.other': 'ignored' }, { kind: 'choice', values: ['a'], other: null }],
    ['one', { one: 'other', 'one.other': ' My\0 own ' }, { values: ['other'], other: 'My own' }],
    ['one', { one: 'other', 'one.other': 'x'.repeat(300) }, { other: 'x'.repeat(200) }],
    ['one', { one: 'other' }, { values: ['other'], other: null }],
    ['one', { one: '' }, null],
    ['many', { many: ['b', 'a', 'b'] }, { values: ['b', 'a'], other: null }],
    ['many', { many: 'b' }, { values: ['b'] }],
    ['many', { many: [] }, null],
    ['rank', { rank: ['c', 'a', 'b'] }, { kind: 'ranking', order: ['c', 'a', 'b'] }],
    ['rank', { rank: ['b'] }, { order: ['b'] }],
    ['rank', { rank: [] }, null],
    ['short', { short: '  abcdefgh ' }, { kind: 'text', text: 'abcde' }],
    ['long', { long: ' \0 ' }, null],
    ['consent', { consent: true }, { kind: 'consent', given: true }],
    ['consent', { consent: 'on' }, { given: true }],
    ['consent', { consent: false }, { given: false }],
    ['consent', { consent: 'No' }, { given: false }],
    [
      'contact',
      { contact: { name: ' Ada\nLovelace ', email: 'ada@example.com', phone: '+49 (0)30 901-820' } },
      { kind: 'contact', name: 'Ada Lovelace', email: 'ada@example.com', phone: '+49 (0)30 901-820' },
    ],
    [
      'contact',
      { 'contact.email': 'ada@example.com', 'contact.name': ' ' },
      { name: null, email: 'ada@example.com', phone: null },
    ],
    ['contact', { contact: { email: ' ' } }, null],
    ['email', { email: { email: 'a@b.co', name: 'not asked for' } }, { name: null, email: 'a@b.co' }],
    ['picture', { picture: [upload, upload] }, { kind: 'upload', uploadIds: [upload] }],
    ['picture', { picture: upload }, { uploadIds: [upload] }],
    ['voice', { voice: upload }, { kind: 'voice', uploadIds: [upload] }],
    ['voice', { voice: '' }, null],
  ])('%s: %j', (id, sent, expected) => {
    const result = readOne(id, sent);
    expect(result).toMatchObject({
      outcome: 'accepted',
      answers: expected ? [{ questionId: id, ...expected }] : [],
    });
  });
});

describe('refused, naming the field and the part', () => {
  it.each<[string, unknown, string, string | undefined]>([
    ['nps', 11, 'out_of_range', undefined],
    ['nps', -1, 'out_of_range', undefined],
    ['nps', 9.5, 'out_of_range', undefined],
    ['nps', 'great', 'out_of_range', undefined],
    ['nps', true, 'wrong_type', undefined],
    ['nps', [9], 'unreadable', undefined],
    ['nps', ['9'], 'wrong_type', undefined],
    ['nps', { value: 9 }, 'wrong_type', undefined],
    ['smileys', 0, 'out_of_range', undefined],
    ['lines', 5, 'wrong_type', undefined],
    ['lines', { '99': 5 }, 'out_of_range', '99'],
    ['lines', { '11': 6 }, 'out_of_range', '11'],
    ['one', 'z', 'out_of_range', undefined],
    ['one', 1, 'out_of_range', undefined],
    ['one', ['a', 'b'], 'wrong_type', undefined],
    ['many', ['a', 'z'], 'out_of_range', undefined],
    ['many', ['a', 'b', 'c'], 'out_of_range', undefined],
    ['rank', 'a', 'wrong_type', undefined],
    ['rank', ['a', 'a'], 'wrong_type', undefined],
    ['rank', ['a', 'z'], 'out_of_range', undefined],
    ['short', 5, 'wrong_type', undefined],
    ['long', ['words'], 'wrong_type', undefined],
    ['long', true, 'wrong_type', undefined],
    ['consent', 'maybe', 'wrong_type', undefined],
    ['consent', ['on'], 'wrong_type', undefined],
    ['contact', 'ada@example.com', 'wrong_type', undefined],
    ['contact', { email: 'ada' }, 'wrong_type', 'email'],
    ['contact', { email: 'a@b' }, 'wrong_type', 'email'],
    ['contact', { email: '<a@b.co>' }, 'wrong_type', 'email'],
    ['contact', { email: `${'a'.repeat(250)}@b.co` }, 'wrong_type', 'email'],
    ['contact', { phone: 'call me' }, 'wrong_type', 'phone'],
    ['contact', { phone: '123' }, 'wrong_type', 'phone'],
    ['contact', { name: 'x'.repeat(101) }, 'wrong_type', 'name'],
    ['picture', '../../etc/passwd', 'wrong_type', undefined],
    ['picture', 'https://example.com/x.png', 'wrong_type', undefined],
    ['picture', [upload, second, third], 'out_of_range', undefined],
    ['picture', 5, 'wrong_type', undefined],
    ['picture', [upload, `${upload}b`], 'wrong_type', undefined],
    ['picture', upload.toUpperCase(), 'wrong_type', undefined],
    ['voice', [upload, second], 'out_of_range', undefined],
    ['voice', true, 'wrong_type', undefined],
  ])('%s: %j', (id, value, code, part) => {
    const result = readOne(id, { [id]: value });
    const field = code === 'unreadable' ? 'answers' : id;
    expect(result).toMatchObject({ outcome: 'invalid', errors: [{ field, code, ...(part && { part }) }] });
    expect(result.outcome === 'invalid' && result.errors[0]?.message).toMatch(/^[A-Z].*\.$/);
  });

  it('words beside "other" that are a number', () => {
    expect(readOne('one', { one: 'other', 'one.other': 5 })).toMatchObject({
      errors: [{ field: 'one', part: 'other', code: 'wrong_type' }],
    });
  });

  it.each(Object.keys(QUESTIONS))('%s, required and left out', (id) => {
    expect(readOne(id, {}, true)).toMatchObject({ errors: [{ field: id, code: 'required' }] });
  });

  it.each([
    ['many', []],
    ['rank', []],
    ['long', '\0'],
    ['contact', { name: ' ' }],
    ['picture', ['']],
  ])('%s, required and empty', (id, value) => {
    expect(readOne(id, { [id]: value }, true)).toMatchObject({ errors: [{ field: id, code: 'required' }] });
  });
});
