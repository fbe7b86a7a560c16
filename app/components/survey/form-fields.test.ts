import { expect, it } from 'vitest';
import { everyType } from '#tests/factories/survey-pages.ts';
import { readFields, tappedAnswers } from './form-fields.ts';

function form(...fields: [string, string | Blob][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

it('a field is a value, a repeated one a list less what was left empty, the edition no answer', () => {
  const sent = form(
    ['_edition', 'preset.2'],
    ['rating', '4'],
    ['comment', ''],
    ['rank', 'b'],
    ['rank', ''],
    ['brew', 'a'],
    ['brew', 'c'],
    ['photo', new Blob(['x'])],
  );
  expect(readFields(sent)).toEqual({
    edition: 'preset.2',
    answers: { rating: '4', comment: '', rank: ['b'], brew: ['a', 'c'] },
  });
  expect(readFields(form(['rating', '4']))).toEqual({ edition: null, answers: { rating: '4' } });
});

it.each([
  ['nps=7', { nps: '7' }],
  ['nps=11', {}],
  ['taste=5&mood=1', { taste: '5', mood: '1' }],
  ['source=podcast', { source: 'podcast' }],
  ['source=other', { source: 'other' }],
  ['source=x&brew=filter&city=Wien&news=true&lines=3&utm=1', {}],
])('what was tapped in the mail, of ?%s', (query, tapped) => {
  expect(tappedAnswers(new URL(`https://app.example.com/s/1/2?${query}`), everyType().view)).toEqual(tapped);
});
