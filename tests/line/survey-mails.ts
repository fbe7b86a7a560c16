import { moderateAnswer } from '#app/services/moderate-answer.ts';
import { openLink } from '#app/services/open-survey.ts';
import { processEvents } from '#app/services/process-event.ts';
import { submitByLink } from '#app/services/submit-answer.ts';
import { tick } from '#app/services/tick.ts';
import type { LineHarness } from '#tests/fakes/line.ts';
import { at } from '#tests/fakes/order-life.ts';
import { asked } from './scenes.ts';

/** What is done with the links of survey mails, by people and by programs; and the mails that remind of a survey. */

export type Mail = Pick<LineHarness['mails'][number], 'html' | 'text'>;

/** The addresses of the survey's page in the HTML of a mail, in their order. */
export const pagesIn = (mail: Mail) =>
  [...mail.html.matchAll(/href="([^"]+)"/g)]
    .map(([, href]) => new URL(href!.replaceAll('&amp;', '&')))
    .filter(({ pathname }) => pathname.startsWith('/s/'));

/** The one that a person who chooses no value in the mail takes. */
export const buttonOf = (mail: Mail) => pagesIn(mail).find(({ search }) => search === '')!;

/** The one that no person sees: its value is no rating. */
export const unseenIn = (mail: Mail) =>
  pagesIn(mail).find(
    ({ search, searchParams }) => search && !/^\d+$/.test([...searchParams.values()].join()),
  )!;

const tokenIn = ({ pathname }: URL) => pathname.split('/')[3]!;

export const get = (line: LineHarness, url: URL) =>
  openLink(line.deps, {
    ...{ shopId: line.shopId, token: tokenIn(url), client: null },
    tapped: [...url.searchParams.values()],
  });

/** @param edition as the page of the delivery survey has it; null: a page of before editions */
export const post = (
  line: LineHarness,
  url: URL,
  answers: Record<string, unknown>,
  isStep = false,
  edition: string | null = 'delivery.1',
) =>
  submitByLink(line.deps, {
    ...{ shopId: line.shopId, token: tokenIn(url), client: null, isStep, edition },
    submission: { answers },
  });

export const responsesOf = (line: LineHarness) =>
  line.rows(
    `SELECT status, held_reason, rating, unfinished, revision FROM survey_response ORDER BY order_id, answer_key`,
  );

/** Machine time cannot be moved: what was posted is put back instead. */
export const asIfSecondsAgo = (line: LineHarness, seconds: number) =>
  line.rows(
    `UPDATE survey_link SET recent_ratings = (SELECT jsonb_object_agg(key, value::float8 - $1::float8)
       FROM jsonb_each(recent_ratings)) WHERE recent_ratings <> '{}'`,
    [seconds],
  );

/** Both clocks. */
export async function afterSeconds(line: LineHarness, seconds: number) {
  await line.moveTo(new Date((await line.deps.clock.now()).getTime() + seconds * 1_000));
  await asIfSecondsAgo(line, seconds);
}

/** Whether the delivery survey counts as answered. */
export const invitationOf = async (line: LineHarness) =>
  (
    await line.rows(`SELECT answered_at FROM survey_invitation WHERE kind = 'delivery' AND status = 'sent'`)
  )[0];

/** Staff let the only answer count again. */
export async function restore(line: LineHarness) {
  const [response] = await line.rows<{ id: string }>('SELECT id FROM survey_response');
  const command = { act: 'restore', id: response!.id };
  const done = await moderateAnswer(line.deps, { shopId: line.shopId, staffId: '7', command });
  await line.settle();
  return done.outcome;
}

export const set = (line: LineHarness, settings: object) =>
  line.rows('UPDATE shop SET settings = settings || $1::jsonb', [JSON.stringify(settings)]);

export const remindersOf = (line: LineHarness) =>
  line.mails.filter((mail) => mail.subject.startsWith('A reminder: '));

export const reminderActions = (line: LineHarness) =>
  line.rows(`SELECT status, reason FROM action WHERE kind = 'send_survey_reminder' ORDER BY created_at`);

export const reminderTimers = (line: LineHarness) =>
  line.rows(`SELECT due_at, status FROM timer WHERE kind = 'reminder.due'`);

/** On the third day after the survey the reminder is decided: the job that would send it, taken out of the queue. */
export async function reminderDecided(line: LineHarness) {
  await set(line, { reminderDays: 3 });
  await asked(line);
  await line.moveTo(at('2026-03-09T09:00:00'));
  await tick(line.deps, {});
  const due = line.jobs.shift();
  if (due?.name !== 'events.process') throw new Error('No reminder was due.');
  await processEvents(line.deps, due.payload);
  return line.jobs.splice(0);
}
