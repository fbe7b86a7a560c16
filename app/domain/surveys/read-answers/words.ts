/** Reads what is written or ticked: texts, consent, contact details. */
import { cleanText } from '../clean-text.ts';
import type { QuestionOf } from '../question-types.ts';
import type { Complaints, RawAnswer, Read } from './reader.ts';

/** The words, cleaned and cut to what the question keeps. */
export function readText(
  question: QuestionOf<'short_text' | 'long_text'>,
  raw: RawAnswer,
  complain: Complaints,
): Read {
  if (typeof raw.value !== 'string') return complain.wrongType();
  const text = cleanText(raw.value, question.maxLength);
  if (text === '') return null;
  return { answer: { kind: 'text', questionId: question.id, text }, value: text };
}

/** What the boxes of a form send when they are ticked. */
const TICKED = ['true', 'on', 'yes', '1'];
const UNTICKED = ['false', 'off', 'no', '0'];

/** Yes or no; a form sends "on". */
export function readConsent(question: QuestionOf<'consent'>, raw: RawAnswer, complain: Complaints): Read {
  const word = typeof raw.value === 'string' ? raw.value.trim().toLowerCase() : raw.value;
  const given = word === true || TICKED.some((each) => each === word);
  if (!given && word !== false && !UNTICKED.some((each) => each === word)) return complain.wrongType();
  return { answer: { kind: 'consent', questionId: question.id, given }, value: given };
}

const PARTS = ['name', 'email', 'phone'] as const;
const MAX_PART = { name: 100, email: 254, phone: 32 };
const EMAIL = /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\]+\.[^\s@.<>()",;:\\]{2,}$/;
const PHONE = /^\+?[\d\s()./-]+$/;

/** Name, e-mail and phone as far as they are asked for and given. */
export function readContact(question: QuestionOf<'contact'>, raw: RawAnswer, complain: Complaints): Read {
  if (raw.value !== undefined && raw.value !== '') return complain.wrongType();
  const part = (name: (typeof PARTS)[number]): string | null => {
    const given = question.asks.includes(name) ? raw.parts.get(name) : undefined;
    // One line each; a longer one is caught below instead of being cut to something that is not theirs.
    return cleanText(String(given ?? '').replace(/\s+/g, ' '), MAX_PART[name] + 1) || null;
  };
  const found = { name: part('name'), email: part('email'), phone: part('phone') };
  const faults = PARTS.filter((name) => found[name] !== null && !isGood(name, found[name])).map((name) =>
    complain.fault('wrong_type', `error.${name}`, {}, name),
  );
  if (faults.length > 0) return { faults };
  const value = Object.fromEntries(PARTS.flatMap((name) => (found[name] ? [[name, found[name]]] : [])));
  if (Object.keys(value).length === 0) return null;
  return { answer: { kind: 'contact', questionId: question.id, ...found }, value };
}

function isGood(name: (typeof PARTS)[number], text: string): boolean {
  if (text.length > MAX_PART[name]) return false;
  if (name === 'name') return true;
  if (name === 'email') return EMAIL.test(text);
  const digits = text.replace(/\D/g, '').length;
  return PHONE.test(text) && digits >= 5 && digits <= 15;
}
