import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import type { Random } from './random.ts';

/** What shoppers write, by survey and by how they felt; German for those who shop in German. */
type Feeling = 'low' | 'middle' | 'high';
/** About a visit nobody says anything here: visits are no part of the scenario. */
export type TalkedAbout = Exclude<SurveyKind, 'website' | 'storefront'>;
type Words = Record<Feeling, { en: string[]; de: string[] }>;

const WORDS: Record<TalkedAbout, Words> = {
  post_purchase: {
    low: {
      en: [
        'Could not find out what shipping costs until the very last step.',
        'Your checkout threw away my address twice.',
      ],
      de: [
        'Die Versandkosten sieht man erst ganz am Ende.',
        'Der Gutscheincode ging erst beim dritten Versuch.',
      ],
    },
    middle: {
      en: [
        'Fine, but I would like to pick the grind more easily.',
        'Took a while to find the filter coffee.',
      ],
      de: ['Der Mahlgrad könnte leichter zu wählen sein.', 'Ganz gut, die Suche findet wenig.'],
    },
    high: {
      en: [
        'Quick and clear, thank you.',
        'Two minutes and done.',
        'I like that you say how fresh the roast is.',
      ],
      de: ['Schnell und übersichtlich.', 'Schön, dass das Röstdatum dabeisteht.'],
    },
  },
  delivery: {
    low: {
      en: [
        'Ten days for a bag of coffee, and nobody told me anything.',
        'The box was soaked and one bag had burst.',
        'Tracking said delivered, the parcel came two days later.',
        'The carrier left it with a neighbour I do not know.',
      ],
      de: [
        'Zehn Tage Lieferzeit und keine Nachricht.',
        'Paket war aufgerissen, eine Tüte lief aus.',
        'Sendung hing eine Woche im Verteilzentrum fest.',
        'Beim falschen Nachbarn abgegeben.',
      ],
    },
    middle: {
      en: ['A day later than promised, otherwise fine.', 'Too much packaging for two bags.'],
      de: ['Einen Tag später als angekündigt.', 'Zu viel Verpackung.'],
    },
    high: {
      en: [
        'Here the next day, well packed.',
        'Arrived before I ran out, perfect.',
        'Lovely that there is no plastic in the box.',
      ],
      de: ['Am nächsten Tag da, gut verpackt.', 'Super schnell, danke!', 'Schöne Karte im Paket.'],
    },
  },
  usage: {
    low: {
      en: [
        'Tastes burnt, nothing like the description.',
        'The grinder squeaks and slips after a week.',
        'Beans were three months past the roast date.',
        'The handle of the press came off.',
      ],
      de: [
        'Schmeckt verbrannt, ganz anders als beschrieben.',
        'Die Mühle quietscht nach einer Woche.',
        'Das Röstdatum war drei Monate her.',
        'Der Griff der Kanne ist locker.',
      ],
    },
    middle: {
      en: ['Good, a bit more acidic than I expected.', 'Solid, but the old blend had more body.'],
      de: ['Gut, aber säuerlicher als erwartet.', 'In Ordnung, der alte Blend war runder.'],
    },
    high: {
      en: [
        'Best espresso I have made at home.',
        'Chocolate and cherries, just as you wrote.',
        'The scale made all the difference.',
      ],
      de: [
        'Der beste Espresso, den ich zu Hause hatte.',
        'Fruchtig und klar, genau wie beschrieben.',
        'Hält, was es verspricht.',
      ],
    },
  },
  relationship: {
    low: {
      en: [
        'After the late parcel I would not send a friend here.',
        'Nobody answered my mail for a week.',
        'Good coffee, but I can get it cheaper and faster elsewhere.',
      ],
      de: [
        'Nach der verspäteten Lieferung eher nicht.',
        'Auf meine Mail kam eine Woche lang nichts.',
        'Zu teuer geworden.',
      ],
    },
    middle: {
      en: ['I would, if shipping were cheaper.', 'Nice shop. A subscription would help.'],
      de: ['Wenn der Versand günstiger wäre, gern.', 'Ein Abo wäre praktisch.'],
    },
    high: {
      en: [
        'Already told half my office.',
        'Honest people, very good coffee.',
        'You replaced a broken cup without any fuss.',
      ],
      de: [
        'Habe ich schon weiterempfohlen.',
        'Ehrliche Leute, sehr guter Kaffee.',
        'Die Tasse wurde ohne Diskussion ersetzt.',
      ],
    },
  },
  support: {
    low: {
      en: [
        'Three mails until somebody understood the problem.',
        'A voucher, but still no answer to my question.',
      ],
      de: ['Drei Mails, bis jemand das Problem verstanden hat.', 'Ein Gutschein, aber keine Erklärung.'],
    },
    middle: {
      en: ['Friendly, but it took two days.'],
      de: ['Freundlich, hat aber zwei Tage gedauert.'],
    },
    high: {
      en: ['Sorted out in one go, thank you.', 'A real person who read my message.'],
      de: ['Sofort gelöst, danke.', 'Endlich jemand, der richtig liest.'],
    },
  },
  return: {
    low: {
      en: ['I had to print the label myself and nobody told me whether it arrived.'],
      de: ['Etikett selbst drucken und dann keine Nachricht, ob es ankam.'],
    },
    middle: {
      en: ['Worked, but the money took a week.'],
      de: ['Ging, nur das Geld kam erst nach einer Woche.'],
    },
    high: {
      en: ['Label in the box, money back in two days.'],
      de: ['Etikett lag bei, Geld nach zwei Tagen zurück.'],
    },
  },
  milestone: {
    low: {
      en: ['Lately the parcels are late more often than not.'],
      de: ['In letzter Zeit kommt fast alles zu spät.'],
    },
    middle: {
      en: ['Still good, a little dearer than it was.'],
      de: ['Immer noch gut, nur teurer als früher.'],
    },
    high: {
      en: ['Nobody else gets my coffee money any more.'],
      de: ['Ich bestelle nirgends sonst mehr Kaffee.'],
    },
  },
};

/** Unhappy people explain themselves more often than happy ones. */
const WRITES: Record<Feeling, number> = { low: 0.75, middle: 0.35, high: 0.3 };

const isLow = (survey: TalkedAbout, rating: number): boolean =>
  survey === 'return' ? rating >= 5 : rating <= (asksNps(survey) ? 6 : 2);
const isHigh = (survey: TalkedAbout, rating: number): boolean =>
  survey === 'return' ? rating <= 2 : rating >= (asksNps(survey) ? 9 : 5);
const asksNps = (survey: TalkedAbout): boolean => survey === 'relationship' || survey === 'milestone';

export function commentFor(
  random: Random,
  survey: TalkedAbout,
  rating: number,
  locale: string,
): string | null {
  const feeling: Feeling = isLow(survey, rating) ? 'low' : isHigh(survey, rating) ? 'high' : 'middle';
  if (!random.chance(WRITES[feeling])) return null;
  return random.pick(WORDS[survey][feeling][locale === 'de' ? 'de' : 'en']);
}
