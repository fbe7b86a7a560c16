import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../domain/core/locales.ts';
import { SURVEY_KINDS } from '../../domain/surveys/contract.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { everyType, pageOf } from '#tests/factories/survey-pages.ts';
import { loader as brokenSurveyLink } from '../../routes/s.$.ts';
import { loader as brokenUnsubscribeLink } from '../../routes/u.$.ts';
import { closedPage, surveyPage, thanksPage } from './survey-pages.server.tsx';
import { browserLocale } from './texts.ts';

const survey = (kind: (typeof SURVEY_KINDS)[number], locale = 'en', brandName?: string) =>
  pageOf(PRESETS[kind], locale, brandName);

describe('the hosted survey page', () => {
  it.each(SURVEY_KINDS)('of %s is a plain form with every question and no answer chosen', async (kind) => {
    const page = surveyPage(survey(kind));
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).toMatch(/^<!doctype html><html lang="en" dir="ltr">/);
    expect(html).toContain('<form method="post" data-logic=');
    for (const { id, values } of survey(kind).view.questions) {
      expect(html).toContain(`name="${id}"`);
      for (const value of values ?? [])
        expect(html).toMatch(new RegExp(`name="${id}"[^>]* value="${value}"`));
    }
    expect(html).not.toContain(` checked=""`);
  });

  it.each(LOCALES)('says in %s before the first question whose the answers are', async (locale) => {
    const said = async (identity: 'identified' | 'pseudonymous' | 'anonymous') => {
      const html = await surveyPage(pageOf({ ...PRESETS.usage, identity }, locale)).text();
      const [, sentence] = /<p class="soft">([^<]+)<\/p><form/.exec(html) ?? [];
      expect(html.includes('data-unnamed')).toBe(identity !== 'identified');
      return sentence;
    };
    const told = await Promise.all([said('pseudonymous'), said('anonymous')]);
    expect(new Set(told).size).toBe(2);
    expect(told.every((sentence) => (sentence?.length ?? 0) > 10)).toBe(true);
    expect(await said('identified')).toBeUndefined();
  });

  it('is kept, indexed and framed by nobody, and loads nothing from elsewhere', async () => {
    const page = surveyPage(survey('usage'));
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'content-type': 'text/html; charset=utf-8',
    });
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    const nonce = /script-src 'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    const html = await page.text();
    expect(html.split(`nonce="${nonce}"`)).toHaveLength(3);
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(surveyPage(survey('usage')).headers.get('content-security-policy')).not.toContain(nonce);
  });

  it('keeps what was given and names the field that is wrong', async () => {
    const given = { rating: '11', comment_low: '</textarea><script>alert(1)</script>' };
    const errors = [
      {
        field: 'rating',
        code: 'out_of_range' as const,
        message: 'Please choose a whole number from 1 to 5.',
      },
    ];
    const page = surveyPage(survey('usage'), { given, errors });
    const html = await page.text();
    expect(page.status).toBe(422);
    expect(html).toContain('href="#q-rating"');
    expect(html).toMatch(/id="q-rating"[^>]*aria-describedby="e-rating"/);
    expect(html).toContain('id="e-rating">Please choose a whole number from 1 to 5.');
    expect(html).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)');
    expect(html.match(/<script/g)).toHaveLength(1);
  });

  it('is small, script and style and all', async () => {
    const size = async (page: Response) => gzipSync(await page.text()).byteLength;
    expect(await size(surveyPage(survey('relationship')))).toBeLessThan(8_000);
    expect(await size(surveyPage(everyType()))).toBeLessThan(10_000);
  });

  it('escapes the merchant and follows the language', async () => {
    const html = await surveyPage(survey('delivery', 'de-AT', '<img src=x onerror=alert(1)>')).text();
    expect(html).toContain('<html lang="de"');
    expect(html).not.toContain('<img');
  });
});

it('thanks say what happens next, by route', async () => {
  const low = await thanksPage(survey('usage'), 'low').text();
  expect(low).toContain('We are sorry.');
  expect(low).toContain('within 4 hours');
  expect(await thanksPage(survey('usage'), 'high').text()).not.toContain('4 hours');
});

it.each([
  ['not_found', 404],
  ['expired', 410],
  ['already_answered', 410],
  ['redacted', 410],
  ['shop_uninstalled', 410],
  ['rate_limited', 429],
  ['trouble', 503],
] as const)('a closed page (%s) is %i in every language, with no form', async (reason, status) => {
  const page = closedPage(reason, { brand: null, locale: 'en', retryAfterSeconds: 6.2 });
  expect(page.status).toBe(status);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('retry-after')).toBe('7');
  expect(await page.text()).not.toContain('<form');
  const pages = await Promise.all(
    LOCALES.map((locale) => closedPage(reason, { brand: null, locale }).text()),
  );
  const titles = pages.map((html) => /<title>(.*)<\/title>/.exec(html)?.[1]);
  expect(new Set(titles).size).toBe(LOCALES.length);
});

describe('from right to left', () => {
  const RTL = /^<!doctype html><html lang="ar" dir="rtl">/;

  it('runs every page in Arabic, and names in their own direction', async () => {
    const arabic = survey('delivery', 'ar-EG');
    const form = await surveyPage(arabic).text();
    expect(form).toContain('\u2068#1001\u2069');
    for (const html of [
      form,
      await thanksPage(arabic, 'low').text(),
      await closedPage('expired', { brand: arabic.brand, locale: 'ar' }).text(),
    ]) {
      expect(html).toMatch(RTL);
      expect(html).toContain('<bdi>Moss &amp; Fern</bdi>');
    }
  });

  it('has nothing in its style that is fixed to one side', async () => {
    const html = await surveyPage(survey('relationship', 'ar')).text();
    const style = /<style[^>]*>([^]*?)<\/style>/.exec(html)?.[1] ?? '';
    expect(style).toContain('margin-inline:auto');
    expect(style).not.toMatch(/(^|[\s;{-])(left|right)\b/m);
  });
});

describe('a visitor of whom nothing is known', () => {
  const request = (header?: string) =>
    new Request('https://app.example.com/s/x', header ? { headers: { 'accept-language': header } } : {});

  it("is served in the browser's language", () => {
    expect(browserLocale(request('da, pt-PT;q=0.8, en;q=0.5'))).toBe('pt-BR');
    expect(browserLocale(request())).toBe('en');
  });

  it.each([brokenSurveyLink, brokenUnsubscribeLink])(
    'is told when a link has lost its end',
    async (loader) => {
      const page = loader({ request: request('ar'), params: {}, context: {} } as never);
      expect(page.status).toBe(404);
      expect(await page.text()).toContain('<html lang="ar" dir="rtl">');
    },
  );
});
