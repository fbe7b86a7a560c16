import { describe, expect, it } from 'vitest';
import { checkSettings, DEFAULT_SETTINGS, parseSettings } from './settings.ts';

it('has the defaults of domain.md', () => {
  expect(DEFAULT_SETTINGS).toEqual({
    brandName: null,
    brandColor: '#1f5f4a',
    replyTo: null,
    quietHours: { startHour: 21, endHour: 8 },
    sendHour: 10,
    sendAtHabit: true,
    caps: { surveyDays: 14, npsDays: 90, perOrder: 3, maxDeferDays: 7, marketingPer30Days: 3 },
    surveys: {
      post_purchase: { enabled: true },
      delivery: { enabled: true, delayDays: 1 },
      usage: { enabled: true, delayDays: 10 },
      relationship: { enabled: true, delayDays: 45, repeatDays: 90 },
      support: { enabled: false, delayHours: 1 },
      return: { enabled: true, delayDays: 0 },
      milestone: { enabled: false, anniversaries: true },
      website: { enabled: false },
      storefront: { enabled: false, kioskLink: 1 },
    },
    surveyConsent: 'subscribed_in_strict_countries',
    strictConsentCountries: ['DE'],
    reminderDays: null,
    surveyLinkDays: 60,
    visits: { helpPages: 'help, faq, contact, shipping, returns' },
    predictions: { purchases: true, satisfaction: true },
    proactiveCare: { enabled: true, leastChance: 0.3, casesPerDay: 5 },
    predictionHorizonDays: 90,
    staffEmailDomains: null,
    returnWindowDays: 30,
    marginShare: 0.4,
    compensation: {
      enabled: true,
      percentBySeverity: [5, 10, 15],
      maxUnits: 25,
      cooldownDays: 90,
      budgetPercent: 1,
      codeValidDays: 60,
    },
    loyalty: { enabled: true, regularAt: 3, vipAt: 8 },
    referral: { enabled: true, percent: 10 },
    cases: { detractorTargetHours: 4 },
  });
});

describe('parseSettings', () => {
  it.each([[null], [undefined], [{}], [{ surveys: {}, caps: {} }], [{ fromAnOlderVersion: true }]])(
    '%j is all defaults',
    (stored) => {
      expect(parseSettings(stored)).toEqual(DEFAULT_SETTINGS);
    },
  );

  it('keeps what is set and fills in the rest, at any depth', () => {
    const settings = parseSettings({
      brandName: ' Nord ',
      surveys: { usage: { delayDays: 14 } },
      compensation: { enabled: false },
    });
    expect(settings.brandName).toBe('Nord');
    expect(settings.surveys.usage).toEqual({ enabled: true, delayDays: 14 });
    expect(settings.surveys.delivery).toEqual({ enabled: true, delayDays: 1 });
    expect(settings.compensation).toMatchObject({ enabled: false, maxUnits: 25 });
    expect(parseSettings(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
  });

  it('never hands out shared defaults that a caller could change', () => {
    parseSettings({}).strictConsentCountries.push('FR');
    parseSettings({}).compensation.percentBySeverity[0] = 99;
    expect(parseSettings({})).toMatchObject({
      strictConsentCountries: ['DE'],
      compensation: { percentBySeverity: [5, 10, 15] },
    });
  });

  it('says what is wrong with stored settings', () => {
    expect(() => parseSettings({ caps: { surveyDays: 'x' } })).toThrow(
      /not valid \(caps\.surveyDays: .+\)\. Save/,
    );
  });
});

describe('checkSettings names the field', () => {
  it.each([
    [{ brandColor: 'red' }, 'brandColor', /must be a colour/],
    [{ replyTo: 'nobody' }, 'replyTo', /must be an e-mail/],
    [{ quietHours: { startHour: 24 } }, 'quietHours.startHour', /./],
    [{ caps: { surveyDays: 1.5 } }, 'caps.surveyDays', /./],
    [{ marginShare: 40 }, 'marginShare', /./],
    [{ proactiveCare: { leastChance: 0.09 } }, 'proactiveCare.leastChance', />=0.1/],
    [{ proactiveCare: { leastChance: 0.91 } }, 'proactiveCare.leastChance', /<=0.9/],
    [{ reminderDays: 4 }, 'reminderDays', /must be 3, 5, 7 days/],
    [{ reminderDays: '3' }, 'reminderDays', /must be 3, 5, 7 days/],
    [{ strictConsentCountries: ['Germany'] }, 'strictConsentCountries.0', /two-letter/],
    [{ loyalty: { regularAt: 8 } }, 'loyalty.vipAt', /more purchases than Regular/],
    [{ compensation: { percentBySeverity: [5, 10] } }, 'compensation.percentBySeverity', /./],
    [[], '', /./],
    ['all', '', /./],
  ])('%j', (input, field, message) => {
    const result = checkSettings(input);
    expect(result).toMatchObject({
      outcome: 'invalid',
      errors: [{ field, message: expect.stringMatching(message) }],
    });
  });
});
