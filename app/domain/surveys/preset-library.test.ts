import { describe, expect, it } from 'vitest';
import { LOCALES } from '../core/locales.ts';
import { checkDefinition } from './check-definition.ts';
import { parseDefinition } from './definition.ts';
import { resolveSurvey } from './logic.ts';
import { NO_FACTS } from './order-facts.ts';
import { PRESET_LIBRARY } from './preset-library.ts';
import { surveyView } from './view.ts';

describe.each(PRESET_LIBRARY)('$id', ({ definition, about }) => {
  it('is valid, and nothing stands against publishing it', () => {
    expect(parseDefinition(JSON.parse(JSON.stringify(definition)))).toEqual({ outcome: 'ok', definition });
    expect(checkDefinition(definition)).toEqual([]);
    expect(about).toMatch(/\.$/);
  });

  it.each(LOCALES)('can be read in %s', (locale) => {
    const context = { locale, brandName: 'Moss', targetHours: 4, edition: 'preset.1' };
    const { questions } = surveyView(resolveSurvey(definition, NO_FACTS, {}), context);
    expect(JSON.stringify(questions)).not.toMatch(/"text":"[a-z_]+\.[a-z_]+"/);
  });
});

it('asks how somebody found the shop once', () => {
  const [attribution] = PRESET_LIBRARY;
  const again = resolveSurvey(attribution!.definition, NO_FACTS, { source: 'friend' });
  expect(again.questions.map(({ id }) => id)).toEqual(['hesitation']);
});
