// @vitest-environment jsdom
import { AppProvider } from '@shopify/polaris';
import en from '@shopify/polaris/locales/en.json' with { type: 'json' };
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KindChoice } from '../services/experiment-choices.ts';
import { ExperimentFormView } from './experiment-form.tsx';
import { plannedSize, useExperimentForm, type ExperimentForm } from './use-experiment-form.ts';

// Polaris asks for it as soon as it is loaded, and jsdom has none.
vi.hoisted(() => {
  const media = { matches: false, addListener: () => {}, removeListener: () => {} };
  window.matchMedia = () => media as unknown as MediaQueryList;
});

const preset = { surveyId: null, version: 1, name: 'After the delivery', incentive: false };
const own = { surveyId: 's1', version: 2, name: 'Parcel', incentive: true };
const delivery: KindChoice = {
  ...{ kind: 'delivery', enabled: true, personless: false, delayDays: 1, editions: [preset, own] },
  ...{ rate: { rate: 0.2, assumed: false, delivered: 900 }, askedLately: 300 },
};
const relationship: KindChoice = {
  ...{ kind: 'relationship', enabled: true, personless: false, delayDays: 45, editions: [preset] },
  ...{ rate: { rate: 0.1, assumed: true, delivered: 3 }, askedLately: 0 },
};
const usage: KindChoice = {
  ...{ ...delivery, kind: 'usage', delayDays: 14 },
  editions: [{ ...own, surveyId: 's2' }, { ...own, surveyId: 's3' }, preset],
};
const kinds = [
  delivery,
  usage,
  relationship,
  { ...relationship, kind: 'support', enabled: false, delayDays: null } as KindChoice,
];

let form: ExperimentForm;
let root: ReturnType<typeof createRoot>;
let place: HTMLElement;
function Host({ errors }: { errors: string[] }) {
  form = useExperimentForm(kinds);
  return <ExperimentFormView form={form} kinds={kinds} errors={errors} />;
}
beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  place = document.body.appendChild(document.createElement('div'));
  root = createRoot(place);
  await render();
});
afterEach(async () => {
  await act(async () => root.unmount());
  place.remove();
});
const render = (errors: string[] = []) =>
  act(async () =>
    root.render(
      <AppProvider i18n={en}>
        <Host errors={errors} />
      </AppProvider>,
    ),
  );
const change = (work: () => void) => act(async () => work());
const text = () => place.textContent?.replace(/\s+/g, ' ') ?? '';

describe('the form of an experiment', () => {
  it('says what the control is and how many it takes, at the own rate and pace', () => {
    expect(text()).toContain('The control is asked as now, after 1 day.');
    expect(text()).toContain(
      '20% of 900 mails were answered within 10 days (the mails of 90 days, up to 10 days ago).',
    );
    expect(text()).toContain(
      'About 1,094 people per arm, 2,188 in all, have to be asked. In the last 30 days 300 people were asked this survey: at that pace the result is there after about 8 months.',
    );
    expect(form.dirty).toBe(false);
  });

  it('says what a larger difference would take, and takes it over', async () => {
    const rows = [...place.querySelectorAll('table tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['Difference', 'People per arm', 'Until the result'],
      ['3 points', '2,943', 'about 20 months'],
      ['5 points', '1,094', 'about 8 months'],
      ['10 points', '294', 'about 10 weeks'],
      ['15 points', '138', 'about 6 weeks'],
      ['20 points', '82', 'about 4 weeks'],
    ]);
    const button = (name: string) =>
      [...place.querySelectorAll('button')].find(({ textContent }) => textContent === name)!;
    expect(button('5 points').getAttribute('aria-pressed')).toBe('true');
    await change(() => button('20 points').click());
    expect(form.draft.points).toBe('20');
    expect(button('20 points').getAttribute('aria-pressed')).toBe('true');
    expect(text()).toContain('About 82 people per arm, 164 in all');
  });

  it('says so where a rate has to be assumed', async () => {
    await change(() => form.setKind('relationship'));
    expect(text()).toContain('10% of those asked are assumed to answer');
    expect(text()).toContain(
      'Not enough data to say how long that takes: nobody was asked this survey in the last 30 days.',
    );
    expect(place.querySelector('table')!.textContent).not.toContain('Until the result');
  });

  it('sends what is typed, named by what is done', async () => {
    await change(() => form.change({ name: 'Later', points: '4' }));
    await change(() => form.setVariant(0, { days: '3', hour: '18' }));
    await change(() => form.addVariant());
    await change(() => form.setVariant(1, { days: '5' }));
    expect(form.dirty).toBe(true);
    expect(JSON.parse(form.json())).toEqual({
      ...{ name: 'Later', kind: 'delivery', dimension: 'timing', points: 4 },
      variants: [
        { name: 'After 3 days, at 18:00', delayDays: 3, sendHour: 18 },
        { name: 'After 5 days', delayDays: 5 },
      ],
    });
    await change(() => form.removeVariant(0));
    expect(JSON.parse(form.json()).variants).toEqual([{ name: 'After 5 days', delayDays: 5 }]);
  });

  it('offers the surveys that may stand in for what is asked now', async () => {
    await change(() => form.setDimension('incentive'));
    const choices = [...place.querySelectorAll('option')].map((option) => option.textContent);
    expect(choices).toContain('Parcel, with an incentive');
    await change(() => form.setVariant(0, { survey: 's1' }));
    expect(JSON.parse(form.json())).toMatchObject({ variants: [{ name: 'Parcel', survey: 's1' }] });
  });

  it('says what is missing where there is nothing to compare with', async () => {
    await change(() => form.setDimension('wording'));
    await change(() => form.setKind('relationship'));
    expect(text()).toContain('An experiment needs two surveys that are asked of everybody');
  });

  it('begins anew where the kind cannot be varied so, and keeps it where it can', async () => {
    await change(() => form.setDimension('wording'));
    await change(() => form.setKind('support'));
    await change(() => form.setDimension('incentive'));
    expect(form.draft.kind).toBe('support');
    await change(() => form.setDimension('timing'));
    expect(form.draft).toMatchObject({ kind: 'delivery', variants: [{ days: '' }] });
    await change(() => form.discard());
    expect(form.dirty).toBe(false);
  });

  it('shows why nothing was created', async () => {
    await render(['Two arms do the same: change one of them, or leave it out.']);
    expect(text()).toContain('Nothing was created yet');
    expect(text()).toContain('Two arms do the same');
  });

  it('has no size for points that are none', () => {
    for (const points of [null, 0, 60]) expect(plannedSize(points, 2, delivery)).toBeNull();
  });
});

describe('a change of what it is about', () => {
  const undo = () => [...place.querySelectorAll('button')].find(({ textContent }) => textContent === 'Undo');
  const filled = async () => {
    await change(() => form.setVariant(0, { days: '3', hour: '18' }));
    await change(() => form.addVariant());
    await change(() => form.setVariant(1, { days: '5' }));
    return form.draft.variants;
  };

  it('keeps days and hours, which fit every survey', async () => {
    const variants = await filled();
    await change(() => form.setKind('usage'));
    expect(form.draft).toMatchObject({ kind: 'usage', variants });
    expect(undo()).toBeUndefined();
  });

  it('keeps the surveys that are offered there too, says what it leaves out, and takes it back', async () => {
    await change(() => form.setDimension('wording'));
    await change(() => form.setKind('usage'));
    await change(() => form.setVariant(0, { survey: 's3' }));
    await change(() => form.addVariant());
    await change(() => form.setVariant(1, { survey: 'preset' }));
    const { variants } = form.draft;
    await change(() => form.setDimension('incentive'));
    expect(form.draft.variants, 'what is asked, with or without an incentive').toEqual(variants);
    await change(() => form.setKind('delivery'));
    expect(form.draft.variants.map(({ survey }) => survey)).toEqual(['']);
    expect(text()).toContain('2 variants were left out: their surveys are not of this kind.');
    await change(() => undo()!.click());
    expect(form.draft).toMatchObject({ kind: 'usage', dimension: 'incentive', variants });
    expect(undo()).toBeUndefined();
    expect(place.contains(document.activeElement) && document.activeElement?.textContent).toBe('Arms');
  });

  it('gives everything back to who only looked at the other choices', async () => {
    const variants = await filled();
    await change(() => form.setDimension('channel'));
    expect(form.draft.variants).toEqual([{ days: '', hour: '', survey: '' }]);
    expect(text()).toContain('2 variants were left out: they are about the timing.');
    await change(() => form.setDimension('wording'));
    expect(text()).toContain('2 variants were left out');
    await change(() => form.change({ name: 'Later' }));
    await change(() => form.setDimension('timing'));
    expect(form.draft).toMatchObject({ name: 'Later', variants });
    expect(undo()).toBeUndefined();
  });

  it('gives nothing back over what was filled in since', async () => {
    await filled();
    await change(() => form.setDimension('wording'));
    await change(() => form.setVariant(0, { survey: 's1' }));
    expect(undo()).toBeUndefined();
    await change(() => form.setDimension('timing'));
    expect(text()).toContain('1 variant was left out: it is about the wording.');
    await change(() => form.discard());
    expect(undo()).toBeUndefined();
  });

  it('says that another survey was chosen, and takes that back as well', async () => {
    await change(() => form.setDimension('wording'));
    await change(() => form.setKind('support'));
    await change(() => form.setDimension('timing'));
    expect(text()).toContain('Support survey: its timing cannot be varied, so another survey was chosen.');
    await change(() => undo()!.click());
    expect(form.draft).toMatchObject({ kind: 'support', dimension: 'wording' });
  });
});
