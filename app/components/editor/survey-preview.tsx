import { Banner, BlockStack, Card, InlineGrid, Select, Text } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import type { Definition } from '../../domain/surveys/definition.ts';
import { resolveSurvey } from '../../domain/surveys/logic.ts';
import { planSurface } from '../../domain/surveys/surfaces.ts';
import { surveyView } from '../../domain/surveys/view.ts';
import { listed } from '../../domain/surveys/wording.ts';
import type { SurveyBrand } from '../../services/survey-context.ts';
import { languageName } from './editor-words.ts';
import { PreviewMail } from './preview-mail.tsx';
import { PreviewSteps, type GivenAnswers } from './preview-steps.tsx';
import { PREVIEW_SURFACES, SAMPLE_ORDERS, type PreviewSurface } from './preview-samples.ts';

export interface SurveyPreviewProps {
  /** Has a word for everything. */
  definition: Definition;
  brand: SurveyBrand;
  targetHours: number;
  /** Of the question that is being edited; null = none. */
  editedId: string | null;
}

/** The survey as a shopper would see it, to be tried out: the same view that surfaces get, made in the browser. */
export function SurveyPreview({ definition, brand, targetHours, editedId }: SurveyPreviewProps) {
  const [surface, setSurface] = useState<PreviewSurface>('hosted');
  const [language, setLanguage] = useState(definition.defaultLanguage);
  const [sample, setSample] = useState('first');
  const [answers, setAnswers] = useState<GivenAnswers>({});
  const { facts, titles } = SAMPLE_ORDERS.find(({ id }) => id === sample) ?? SAMPLE_ORDERS[0]!;
  const shown = definition.languages.includes(language) ? language : definition.defaultLanguage;
  const resolved = useMemo(() => resolveSurvey(definition, facts, {}), [definition, facts]);
  const view = useMemo(
    () =>
      surveyView(resolved, {
        locale: shown,
        brandName: brand.name,
        targetHours,
        edition: 'preview',
        lineTitles: titles,
      }),
    [resolved, shown, brand.name, targetHours, titles],
  );
  const { linked } = planSurface(view.questions, surface);
  const linkedNames = view.questions.filter(({ id }) => linked.includes(id)).map(({ text }) => `“${text}”`);
  const steps = { view, definition, answers, setAnswers, editedId };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Preview
        </Text>
        <InlineGrid columns={2} gap="200">
          <Select
            label="Shown in"
            options={PREVIEW_SURFACES}
            value={surface}
            onChange={(value) => setSurface(value as PreviewSurface)}
          />
          <Select
            label="Language"
            options={definition.languages.map((tag) => ({ value: tag, label: languageName(tag) }))}
            value={shown}
            onChange={setLanguage}
          />
        </InlineGrid>
        <Select
          label="Sample order"
          options={SAMPLE_ORDERS.map(({ id, label }) => ({ value: id, label }))}
          value={sample}
          onChange={setSample}
        />
        <div
          className={`ac-pv ac-pv--${surface}`}
          lang={shown}
          dir={view.dir}
          role="region"
          aria-label="Preview of the survey"
        >
          {surface === 'email' ? (
            <PreviewMail {...steps} brand={brand} />
          ) : (
            <PreviewSteps {...steps} brand={brand} linked={linked} />
          )}
        </div>
        {surface === 'email' ? (
          <Text as="p" tone="subdued">
            A tap opens the survey page, which asks the rest.
          </Text>
        ) : (
          linkedNames.length > 0 && (
            <Banner tone="info">
              {`${listed(linkedNames, 'and')} ${linkedNames.length === 1 ? 'opens' : 'open'} the survey page: it cannot be answered here.`}
            </Banner>
          )
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          Nothing you answer here is stored.
        </Text>
      </BlockStack>
    </Card>
  );
}
