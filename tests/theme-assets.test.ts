/** What a storefront loads of the theme extension: how much, and that its texts are there. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';

const read = (path: string) => readFileSync(`${import.meta.dirname}/../extensions/theme-survey/${path}`);
const zipped = (...names: string[]) =>
  names.reduce((sum, name) => sum + gzipSync(read(`assets/${name}`)).byteLength, 0);

it('is at most 6,000 bytes compressed for a survey of the common types', () => {
  expect(zipped('survey.js', 'survey-form.js')).toBeLessThanOrEqual(6_000);
  expect(zipped('survey-more.js')).toBeLessThanOrEqual(1_500);
  expect(zipped('survey-files.js')).toBeLessThanOrEqual(2_500);
});

it('is less than 2,000 bytes on every page that waits for a moment, and little more when it comes', () => {
  expect(zipped('embed.js')).toBeLessThan(2_000);
  expect(zipped('embed-show.js', 'embed.css')).toBeLessThan(1_400);
});

it('has a script on every page that theme check lets pass as it stands, and a small style', () => {
  expect(read('assets/survey.js').byteLength).toBeLessThan(10_000);
  expect(read('assets/embed.js').byteLength).toBeLessThan(10_000);
  expect(zipped('survey.css')).toBeLessThan(3_000);
});

it('has every word that Liquid names, and no more', () => {
  const keys = (value: object, prefix = ''): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === 'object' ? keys(inner, `${prefix}${key}.`) : [`${prefix}${key}`],
    );
  const words = (file: string) => keys(JSON.parse(read(`locales/${file}`).toString())).sort();
  const liquid = ['survey', 'survey-embed'].map((block) => read(`blocks/${block}.liquid`).toString()).join();
  const named = [...liquid.matchAll(/'(survey\.\w+)' \| t/g)].map((match) => match[1]);
  expect(new Set(named)).toEqual(new Set(words('en.default.json')));
  const inSchema = [...liquid.matchAll(/"t:([\w.]+)"/g)].map((match) => match[1]);
  expect(new Set(inSchema)).toEqual(new Set(words('en.default.schema.json')));
});

it('has nothing in its style that is fixed to one side', () => {
  for (const name of ['survey.css', 'embed.css'])
    expect(read(`assets/${name}`).toString()).not.toMatch(/(^|[\s-])(left|right)\b/m);
});
