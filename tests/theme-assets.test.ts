/** What a storefront loads of the theme extension: how much, and that its texts are there. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(`${import.meta.dirname}/../extensions/theme-survey/${path}`);
const zipped = (...names: string[]) =>
  names.reduce((sum, name) => sum + gzipSync(read(`assets/${name}`)).byteLength, 0);

it('is at most 6,000 bytes compressed for a survey of every type but ranking', () => {
  expect(zipped('survey.js', 'survey-form.js')).toBeLessThanOrEqual(6_000);
  expect(zipped('survey-ranking.js')).toBeLessThanOrEqual(1_000);
});

it('has a script on every page that theme check lets pass as it stands, and a small style', () => {
  expect(read('assets/survey.js').byteLength).toBeLessThan(10_000);
  expect(zipped('survey.css')).toBeLessThan(3_000);
});

it('has every word that Liquid names, and no more', () => {
  const keys = (value: object, prefix = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' ? keys(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
    );
  const words = (file: string) => keys(JSON.parse(read(`locales/${file}`).toString())).sort();
  const liquid = read('blocks/survey.liquid').toString();
  const named = [...liquid.matchAll(/'(survey\.\w+)' \| t/g)].map((match) => match[1]);
  expect(new Set(named)).toEqual(new Set(words('en.default.json')));
  const inSchema = [...liquid.matchAll(/"t:([\w.]+)"/g)].map((match) => match[1]);
  expect(new Set(inSchema)).toEqual(new Set(words('en.default.schema.json')));
});

it('has nothing in its style that is fixed to one side', () => {
  expect(read('assets/survey.css').toString()).not.toMatch(/(^|[\s-])(left|right)\b/m);
});
