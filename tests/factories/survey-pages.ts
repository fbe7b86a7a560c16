/** Surveys with every type of question that the hosted page asks, as a shopper gets them. */
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import { resolveSurvey } from '#app/domain/surveys/logic.ts';
import { surveyView } from '#app/domain/surveys/view.ts';
import type { Definition } from '#app/domain/surveys/definition.ts';
import { asks } from './survey-conditions.ts';
import { facts, survey } from './surveys.ts';

const LINES = { '11': 'Ethiopia Guji, 250 g', '12': 'Hand grinder "Moss"' };

const TEXTS = {
  title: 'Your first weeks with us',
  intro: 'Three minutes, and the next bag is better.',
  nps: 'How likely are you to recommend us to a friend?',
  why: 'What went wrong for you?',
  taste: 'How does the coffee taste?',
  'taste.least': 'Not for me',
  'taste.most': 'Wonderful',
  mood: 'How do you feel about the delivery?',
  'mood.least': 'Unhappy',
  'mood.most': 'Happy',
  lines: 'How satisfied are you with each item?',
  effort: 'How easy was it to find the right coffee?',
  'effort.least': 'Very easy',
  'effort.most': 'Very difficult',
  source: 'Where did you hear of us?',
  friend: 'From a friend',
  search: 'I searched for it',
  podcast: 'In a podcast',
  other: 'Somewhere else',
  brew: 'How do you brew?',
  filter: 'Filter',
  espresso: 'Espresso machine',
  press: 'French press',
  moka: 'Moka pot',
  rank: 'What matters most to you?',
  price: 'A fair price',
  fresh: 'Freshly roasted',
  origin: 'To know the farm',
  city: 'Which city do you live in?',
  'city.help': 'So that we can tell you about tastings near you.',
  news: 'May we write to you about tastings?',
  'news.help': 'At most once a month. You can say no at any time.',
  contact: 'How do we reach you?',
  more: 'Anything else?',
};

const options = (...ids: string[]) => ids.map((id) => ({ id, text: id }));
const ends = (id: string) => ({ least: `${id}.least`, most: `${id}.most` });

const EVERY_TYPE = survey(
  [
    {
      id: 'nps',
      type: 'nps',
      text: 'nps',
      required: true,
      ends: { least: 'nps.least', most: 'nps.most' },
    },
    { id: 'why', type: 'long_text', text: 'why', required: true, showWhen: asks('nps', 'route', 'low') },
    { id: 'taste', type: 'stars', text: 'taste', ends: ends('taste') },
    { id: 'mood', type: 'smileys', text: 'mood', ends: ends('mood') },
    { id: 'lines', type: 'line_rating', text: 'lines', ends: { least: 'csat.least', most: 'csat.most' } },
    { id: 'effort', type: 'ces', text: 'effort', ends: ends('effort') },
    {
      id: 'source',
      type: 'choice',
      text: 'source',
      options: options('friend', 'search', 'podcast'),
      other: { text: 'other' },
    },
    {
      id: 'brew',
      type: 'multiple_choice',
      text: 'brew',
      options: options('filter', 'espresso', 'press', 'moka'),
      atMost: 2,
    },
    { id: 'rank', type: 'ranking', text: 'rank', options: options('price', 'fresh', 'origin') },
    { id: 'city', type: 'short_text', text: 'city', help: 'city.help' },
    { id: 'news', type: 'consent', text: 'news', help: 'news.help' },
    {
      id: 'contact',
      type: 'contact',
      text: 'contact',
      required: true,
      asks: ['name', 'email', 'phone'],
      showWhen: asks('news', 'is', true),
    },
    { id: 'more', type: 'long_text', text: 'more' },
  ],
  { title: 'title', intro: 'intro', languages: ['en', 'ar'], texts: { en: TEXTS } },
);

/** A definition as a page gets it, for a person of whom nothing is known. */
export function pageOf(definition: Definition, locale = 'en', brandName = 'Moss & Fern') {
  const resolved = resolveSurvey(definition, facts({ orderCount: 3, lineIds: Object.keys(LINES) }), {});
  const view: SurveyView = surveyView(resolved, {
    locale,
    brandName,
    targetHours: 4,
    edition: 'preset.1',
    lineTitles: LINES,
  });
  return { resolved, view, brand: { name: brandName, colour: '#0a7d4f' }, orderName: '#1001' };
}

/** A rating, two pictures, a voice note, words: for answers with files. */
export const WITH_FILES = survey(
  [
    { id: 'rating', type: 'csat', text: 'rating', metric: 'csat_product', required: true },
    { id: 'photo', type: 'image_upload', text: 'photo', maxFiles: 2 },
    { id: 'voice', type: 'voice_note', text: 'voice', maxSeconds: 30 },
    { id: 'more', type: 'long_text', text: 'more' },
  ],
  {
    title: 'title',
    intro: 'intro',
    languages: ['en', 'ar'],
    texts: {
      en: {
        ...TEXTS,
        rating: 'How satisfied are you with the cup?',
        photo: 'Show us what arrived',
        voice: 'Or tell us about it',
      },
    },
  },
);

/** Every type on one page but those that ask for files. Low scores lead to `why`, consent leads to `contact`. */
export const everyType = (locale = 'en') => pageOf(EVERY_TYPE, locale);
