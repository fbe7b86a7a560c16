import { DAY_MS, HOUR_MS } from '#app/domain/core/calendar.ts';
import type { SurveyKind } from '#app/domain/surveys/contract.ts';
import type { MailAnswer } from '../script.ts';
import { answerEvent, type Opinions } from './opinions.ts';
import { addRefund, addReturn, arrivedAt, type NewId, type OrderPlan } from './order-plan.ts';
import type { Person } from './people.ts';
import { PERSONAS, type Persona } from './personas.ts';
import type { Random } from './random.ts';

/** A customer whose timeline is worth a look: what happens is written down instead of drawn. */
export interface Story {
  person: Person;
  /** Changes what chance planned for the n-th order, and says what they think of it. */
  tell: (plan: OrderPlan, random: Random, newId: NewId) => Opinions;
}

const quiet: Persona = { ...PERSONAS.loyal, lateShare: 0, thankYou: 0, answers: 0, discountShare: 0 };

function mail(rating: number, comment: string | null, delayHours = 3): MailAnswer {
  return { rating, comment, delayMs: delayHours * HOUR_MS };
}

export function stories(start: number): Story[] {
  const person = (
    index: number,
    firstName: string,
    lastName: string,
    country: string,
    locale: string,
    days: number[],
  ): Person => {
    const joined = new Date(start + days[0]! * DAY_MS - 600_000);
    return {
      guest: false,
      country,
      locale,
      persona: quiet,
      orderTimes: days.map((day) => start + day * DAY_MS + 18.4 * HOUR_MS),
      spec: {
        id: String(7_180_000_000_001 + index * 32),
        email: `${firstName}.${lastName}@post.example`.toLowerCase(),
        firstName,
        lastName,
        countryCode: country,
        consent: 'subscribed',
        consentUpdatedAt: joined,
        createdAt: joined,
        updatedAt: joined,
      },
    };
  };
  const nothing = (): Opinions => ({ events: [], mails: [] });
  const says = (...mails: [SurveyKind, MailAnswer][]): Opinions => ({ events: [], mails });
  return [
    {
      // Late parcel, apology with a code, comes back, thinks better of it.
      person: person(0, 'Maren', 'Thomsen', 'DE', 'de', [6, 31, 58, 80]),
      tell(plan) {
        if (plan.nth > 0)
          return plan.nth === 2 ? says(['delivery', mail(5, 'Diesmal am nächsten Tag. Danke!')]) : nothing();
        delay(plan, 7);
        const opinions = says([
          'delivery',
          mail(1, 'Elf Tage gewartet, keine Nachricht, und der Chat war zu.', 1),
        ]);
        const better = { rating: 4, comment: 'Nach eurer Mail kam schnell Ersatz. So geht das.' };
        opinions.events.push(
          answerEvent(
            plan,
            'usage',
            (arrivedAt(plan) ?? plan.at) + 16 * DAY_MS,
            { kind: 'storefront', customerId: plan.person.spec.id },
            better,
          ),
        );
        return opinions;
      },
    },
    {
      // Happy from the first bag: promoter, referral code.
      person: person(1, 'Conor', 'Byrne', 'IE', 'en', [3, 24, 46, 67, 88]),
      tell(plan) {
        if (plan.nth !== 0)
          return plan.nth === 2
            ? says(['usage', mail(5, 'Chocolate and cherries, just as you wrote.')])
            : nothing();
        return says(
          ['delivery', mail(5, 'Across the sea in two days!')],
          ['relationship', mail(10, 'Already told half my office.', 5)],
        );
      },
    },
    {
      // One good order, then a broken grinder that goes back.
      person: person(2, 'Camille', 'Moreau', 'FR', 'fr', [9, 40]),
      tell(plan, random, newId) {
        const arrived = arrivedAt(plan) ?? plan.at + 4 * DAY_MS;
        if (plan.nth === 0) return says(['delivery', mail(5, null)]);
        plan.refunds = [];
        if (!plan.returned) addReturn(random, newId, plan, [plan.lines[0]!], arrived + 3 * DAY_MS);
        return says(
          ['delivery', mail(4, null)],
          ['usage', mail(2, 'The grinder slipped after a week; the return was easy though.')],
        );
      },
    },
    {
      // A weekly regular who stops buying after a detractor's answer.
      person: person(3, 'Bram', 'Visser', 'NL', 'nl', [1, 8, 15, 22, 30, 37]),
      tell(plan, _random, newId) {
        if (plan.nth !== 5)
          return plan.nth === 0
            ? says(['relationship', mail(4, 'Nobody answered my mail for a week.')])
            : nothing();
        delay(plan, 6);
        addRefund(newId, plan, [], (arrivedAt(plan) ?? plan.at) + DAY_MS);
        return says(['delivery', mail(2, 'Late again, and the box was soaked.')]);
      },
    },
  ];
}

/** Lets every parcel of an order arrive so many days later. */
function delay(plan: OrderPlan, days: number): void {
  plan.refunds = [];
  plan.returned = null;
  for (const parcel of plan.shipments) {
    parcel.told = 'scan';
    parcel.deliveredAt = (parcel.deliveredAt ?? parcel.at + 2 * DAY_MS) + days * DAY_MS;
  }
}
