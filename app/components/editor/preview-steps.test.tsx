// @vitest-environment jsdom
import { act, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Definition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import { SAMPLE_ORDERS, sampleView } from '../../domain/surveys/sample-orders.ts';
import { planSurface, type Surface } from '../../domain/surveys/surfaces.ts';
import { options, survey } from '#tests/factories/surveys.ts';
import { PreviewMail } from './preview-mail.tsx';
import { PreviewSteps, type GivenAnswers } from './preview-steps.tsx';

const brand = { name: 'Nord', colour: '#0a7d4f' };
const [first] = SAMPLE_ORDERS;
let host: HTMLElement;
let unmount: () => void;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  host = document.body.appendChild(document.createElement('div'));
});
afterEach(() => {
  act(() => unmount());
  host.remove();
});

function viewOf(definition: Definition, locale = 'en') {
  return sampleView(definition, first, { locale, brandName: 'Nord', targetHours: 4, edition: 'x' }).view;
}

function show(
  definition: Definition,
  { surface = 'hosted' as Surface, editedId = null as string | null } = {},
) {
  const view = viewOf(definition);
  const { linked, leadsOn } = planSurface(view.questions, surface);
  function Tried() {
    const [answers, setAnswers] = useState<GivenAnswers>({});
    return <PreviewSteps {...{ view, definition, answers, setAnswers, editedId, brand, linked, leadsOn }} />;
  }
  const root = createRoot(host);
  unmount = () => root.unmount();
  act(() => root.render(<Tried />));
}

const text = () => host.textContent ?? '';
const press = (name: string) => {
  const button = [...host.querySelectorAll('button')].find((each) => each.textContent === name);
  if (!button) throw new Error(`There is no button "${name}" in: ${text()}`);
  act(() => button.click());
};
const pick = (name: string) => {
  const inputs = [...host.querySelectorAll('input')];
  const wanted = inputs.find(
    (input) => (input.getAttribute('aria-label') ?? input.parentElement?.textContent) === name,
  );
  if (!wanted) throw new Error(`There is no answer "${name}" in: ${text()}`);
  act(() => wanted.click());
};

describe('the preview', () => {
  it('asks on as the answer leads, and thanks as the rating went', () => {
    show(PRESETS.delivery);
    expect(text()).toContain('Question 1 of 1');
    pick('2');
    expect(text()).toContain('Question 1 of 2');
    press('Next');
    expect(text()).toContain('What went wrong with the delivery?');
    expect(document.activeElement?.textContent).toBe('What went wrong with the delivery?');
    press('Back');
    pick('5');
    press('Next');
    expect(text()).toContain('What did you like best about the delivery?');
    press('Send');
    expect(text()).toContain('We have passed the good news on to the team.');
    press('Start again');
    expect(text()).toContain('Question 1 of 1');
  });

  it('does not go on without a required answer, and says so', () => {
    show(PRESETS.relationship);
    press('Send');
    expect(host.querySelector('[role=alert]')?.textContent).toBe('Please answer this question.');
    pick('0');
    expect(host.querySelector('[role=alert]')).toBeNull();
  });

  it('begins at the question that is being edited, if the answers lead there', () => {
    const two = survey([
      { id: 'a', type: 'short_text', text: 'usage.low' },
      { id: 'b', type: 'consent', text: 'usage.high' },
    ]);
    show(two, { editedId: 'b' });
    expect(text()).toContain('Question 2 of 2');
    act(() => unmount());
    show(PRESETS.usage, { editedId: 'comment_low' });
    expect(text()).toContain('The question you are editing is not shown with these answers.');
  });

  it('can be answered with every type of question', () => {
    const more = { text: 'usage.low' };
    show(
      survey([
        { id: 'stars', type: 'stars', ...more },
        { id: 'smileys', type: 'smileys', ...more },
        { id: 'lines', type: 'line_rating', ...more },
        { id: 'many', type: 'multiple_choice', options: options('a', 'b', 'c'), atMost: 1, ...more },
        { id: 'one', type: 'choice', options: options('a', 'b'), other: { text: 'choice.other' }, ...more },
        { id: 'order', type: 'ranking', options: options('a', 'b'), ...more },
        { id: 'ok', type: 'consent', ...more },
        { id: 'who', type: 'contact', asks: ['email'], ...more },
        { id: 'photo', type: 'image_upload', required: true, ...more },
        { id: 'voice', type: 'voice_note', ...more },
        { id: 'words', type: 'long_text', help: 'usage.high', ...more },
      ]),
    );
    pick('3');
    expect(text()).toContain('★★★☆☆');
    press('Next');
    pick('5, Very happy');
    press('Next');
    expect(text()).toContain('First item');
    press('Next');
    act(() => host.querySelectorAll('input')[0]!.click());
    expect(host.querySelectorAll('input:disabled')).toHaveLength(2);
    press('Next');
    pick('Something else');
    expect(text()).toContain('Your own words');
    press('Next');
    act(() => host.querySelectorAll<HTMLElement>('.ac-pv__option')[1]!.click());
    expect(text()).toContain('1. ');
    press('Start again');
    expect(text()).not.toContain('1. ');
    press('Next');
    pick('I agree');
    press('Next');
    expect(text()).toContain('E-mail');
    press('Next');
    press('Next');
    expect(text()).toContain('Please answer this question.');
    press('Add a picture');
    expect(text()).toContain('Added');
    press('Remove');
    press('Add a picture');
    press('Next');
    press('Record');
    press('Next');
    expect(host.querySelector('textarea')).not.toBeNull();
    press('Send');
    expect(text()).toContain('Thank you.');
  });

  it('says of a question that a surface cannot show that it opens the survey page', () => {
    const photo = { id: 'photo', type: 'image_upload', required: true };
    show(survey([photo]), { surface: 'customer_account' });
    expect(text()).toContain('Opens the survey page');
    expect(text()).not.toContain('Add a picture');
  });

  it('says of a question that a surface leaves out that it is not asked', () => {
    show(survey([{ id: 'photo', type: 'image_upload' }]), { surface: 'checkout' });
    expect(text()).toContain('Not asked here');
    expect(text()).not.toContain('Opens the survey page');
  });

  it('promises the reward before the first question, and asks for a review after the last', () => {
    const offers = {
      reviewAsk: { text: 'offer.review', url: 'https://reviews.example' },
      incentive: { text: 'offer.promise', reward: { kind: 'points', points: 5 }, budget: 9 },
    };
    show(survey([{ id: 'rating', type: 'csat', metric: 'csat_product' }], offers));
    const promise = 'As a thank-you for answering we send you a reward by e-mail.';
    const request = 'Would you share your experience in a public review?';
    expect(text()).toContain(promise);
    expect(text()).not.toContain(request);
    pick('5');
    press('Send');
    expect(text()).toContain(request);
    expect(text()).not.toContain(promise);
    press('Start again');
    pick('1');
    press('Send');
    expect(text()).not.toContain(request);
    expect(text()).toContain('goes out by e-mail once the case is closed');
  });

  it('says before the first question that answers are not stored with the person', () => {
    const asked = survey([{ id: 'rating', type: 'csat', metric: 'csat_product' }], { identity: 'anonymous' });
    show(asked);
    expect(text()).toContain('Your answer is stored without your name');
  });

  it('says when nothing is asked', () => {
    show(survey([{ id: 'a', type: 'consent', askOnOrder: { from: 9 } }]));
    expect(text()).toContain('With this order nothing is asked.');
  });
});

describe('the mail', () => {
  const mail = (definition: Definition) => {
    const root = createRoot(host);
    unmount = () => root.unmount();
    act(() => root.render(<PreviewMail view={viewOf(definition)} brand={brand} />));
    return [...host.querySelectorAll('li')].map((each) => each.textContent);
  };

  it('asks the first question, a tap for each answer', () => {
    expect(mail(PRESETS.delivery)).toEqual(['1', '2', '3', '4', '5']);
    expect(text()).toContain('How satisfied are you with the delivery?');
  });

  it('has a button where a tap cannot answer', () => {
    expect(mail(survey([{ id: 'a', type: 'long_text' }]))).toEqual([]);
    expect(host.querySelector('.ac-pv__button')).not.toBeNull();
  });
});
