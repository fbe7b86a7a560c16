import { DAY_MS, HOUR_MS } from '#app/domain/core/calendar.ts';
import type { CustomerSpec } from '#tests/factories/shopify-payloads.ts';
import { PERSONAS, type Persona, type PersonaName } from './personas.ts';
import type { Random } from './random.ts';

export interface Person {
  /** The customer as Shopify knows them; a guest has no account, so no id. */
  spec: CustomerSpec;
  guest: boolean;
  locale: string;
  country: string;
  persona: Persona;
  /** When they place their orders, business time in milliseconds. */
  orderTimes: number[];
}

const NAMES: Record<string, { first: string[]; last: string[]; locale: string; weight: number }> = {
  DE: {
    first: [
      'Anna',
      'Jonas',
      'Lena',
      'Felix',
      'Mia',
      'Paul',
      'Clara',
      'Ben',
      'Sophie',
      'Tim',
      'Katrin',
      'Jan',
      'Heike',
      'Lukas',
      'Petra',
      'Moritz',
    ],
    last: [
      'Weber',
      'Schulz',
      'Becker',
      'Hoffmann',
      'Koch',
      'Richter',
      'Klein',
      'Wolf',
      'Neumann',
      'Schwarz',
      'Krüger',
      'Lange',
      'Vogel',
      'Brandt',
    ],
    locale: 'de',
    weight: 42,
  },
  AT: {
    first: ['Julia', 'Stefan', 'Eva', 'Florian', 'Nina', 'Matthias'],
    last: ['Gruber', 'Huber', 'Bauer', 'Steiner', 'Moser', 'Eder'],
    locale: 'de',
    weight: 12,
  },
  NL: {
    first: ['Sanne', 'Daan', 'Lotte', 'Bram', 'Femke', 'Thijs'],
    last: ['de Vries', 'Jansen', 'Bakker', 'Visser', 'Smit', 'Mulder'],
    locale: 'nl',
    weight: 13,
  },
  FR: {
    first: ['Camille', 'Hugo', 'Chloé', 'Louis', 'Amélie', 'Julien'],
    last: ['Martin', 'Bernard', 'Petit', 'Moreau', 'Laurent', 'Girard'],
    locale: 'fr',
    weight: 11,
  },
  DK: {
    first: ['Freja', 'Emil', 'Ida', 'Mads', 'Sofie', 'Rasmus'],
    last: ['Nielsen', 'Hansen', 'Larsen', 'Madsen', 'Olsen'],
    locale: 'da',
    weight: 9,
  },
  IT: {
    first: ['Giulia', 'Marco', 'Elena', 'Davide', 'Sara'],
    last: ['Rossi', 'Ferrari', 'Ricci', 'Greco', 'Conti'],
    locale: 'it',
    weight: 7,
  },
  IE: {
    first: ['Aoife', 'Conor', 'Niamh', 'Sean'],
    last: ["O'Brien", 'Murphy', 'Byrne', 'Walsh'],
    locale: 'en',
    weight: 6,
  },
};

/** Share of people without consent to marketing mail; in Germany they get no survey mail. */
const NOT_SUBSCRIBED = 0.3;
const FIRST_ID = 7_100_000_000_001;

/** Everybody who buys in the `days` from `start`, with the times of their orders. */
export function createPeople(random: Random, start: number, days: number): Person[] {
  const people: Person[] = [];
  for (const [name, persona] of Object.entries(PERSONAS) as [PersonaName, Persona][]) {
    const own = random.fork(name);
    for (let i = 0; i < persona.people; i += 1) people.push(person(own, people.length, persona, start, days));
  }
  return people;
}

function person(random: Random, index: number, persona: Persona, start: number, days: number): Person {
  const country = random.weighted(Object.entries(NAMES).map(([code, { weight }]) => [code, weight] as const));
  const names = NAMES[country]!;
  const firstName = random.pick(names.first);
  const lastName = random.pick(names.last);
  const orderTimes = orderTimesOf(random, persona, start, days);
  const joined = new Date((orderTimes[0] ?? start) - random.between(2, 40) * 60_000);
  const handle = `${firstName}.${lastName}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  const guest = persona.guestShare > 0 && random.chance(persona.guestShare);
  return {
    guest,
    country,
    locale: names.locale,
    persona,
    orderTimes,
    spec: {
      id: String(FIRST_ID + index * 32),
      email: `${handle}.${index + 1}@post.example`,
      firstName,
      lastName,
      countryCode: country,
      consent: random.chance(NOT_SUBSCRIBED) ? 'not_subscribed' : 'subscribed',
      consentUpdatedAt: joined,
      createdAt: joined,
      updatedAt: joined,
    },
  };
}

function orderTimesOf(random: Random, persona: Persona, start: number, days: number): number[] {
  const times: number[] = [];
  // No two people drink alike.
  const pace = random.between(0.5, 1.7);
  let day = random.between(persona.firstDay[0], persona.firstDay[1]) * days;
  while (day < days - 0.5) {
    times.push(atShoppingHour(random, start + day * DAY_MS));
    if (random.chance(persona.leaves)) break;
    const [shortest, longest] = persona.gapDays;
    day += pace * random.between(shortest, longest);
  }
  return times;
}

/** Most people shop in the evening, few in the small hours. */
function atShoppingHour(random: Random, instant: number): number {
  const midnight = Math.floor(instant / DAY_MS) * DAY_MS;
  const hour = random.weighted([
    [7, 2],
    [8, 3],
    [9, 4],
    [10, 4],
    [11, 4],
    [12, 6],
    [13, 5],
    [14, 4],
    [15, 4],
    [16, 4],
    [17, 6],
    [18, 8],
    [19, 10],
    [20, 9],
    [21, 5],
  ]);
  return midnight + hour * HOUR_MS + random.whole(0, 3_599) * 1000;
}
