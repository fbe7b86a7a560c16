import { Banner, BlockStack, Card, InlineGrid, Select, Text } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import { isAskedOn } from '../../domain/surveys/choose-open-survey.ts';
import type { SurveyKind } from '../../domain/surveys/contract.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import { SAMPLE_ORDERS, sampleOrder, sampleView } from '../../domain/surveys/sample-orders.ts';
import { planSurface } from '../../domain/surveys/surfaces.ts';
import type { Surface, SurfacePlan } from '../../domain/surveys/surfaces.ts';
import { listed } from '../../domain/surveys/wording.ts';
import type { SurveyBrand } from '../../services/survey-context.ts';
import type { TestMailOutcome } from '../../services/show-test-mail.ts';
import type { Sender } from '../use-feedback.ts';
import { languageName } from './editor-words.ts';
import { PreviewMail } from './preview-mail.tsx';
import { PreviewWholeMail } from './preview-whole-mail.tsx';
import { PreviewSteps, type GivenAnswers } from './preview-steps.tsx';
import { PREVIEW_SURFACES } from './preview-samples.ts';

export interface SurveyPreviewProps {
  kind: SurveyKind;
  /** Has a word for everything. */
  definition: Definition;
  brand: SurveyBrand;
  targetHours: number;
  /** Of the question that is being edited; null = none. */
  editedId: string | null;
  mailing: Sender<{ mail?: TestMailOutcome }>;
}

/** The survey as a shopper would see it, to be tried out: the same view that surfaces get, made in the browser. */
export function SurveyPreview(props: SurveyPreviewProps) {
  const { kind, definition, brand, targetHours, editedId, mailing } = props;
  const [surface, setSurface] = useState<Surface>('hosted');
  const [language, setLanguage] = useState(definition.defaultLanguage);
  const [sample, setSample] = useState('first');
  const [answers, setAnswers] = useState<GivenAnswers>({});
  const order = sampleOrder(sample);
  const shown = definition.languages.includes(language) ? language : definition.defaultLanguage;
  const { view } = useMemo(
    () =>
      sampleView(definition, order, {
        locale: shown,
        brandName: brand.name,
        targetHours,
        edition: 'preview',
      }),
    [definition, order, shown, brand.name, targetHours],
  );
  const plan = planSurface(view.questions, surface);
  const { linked } = plan;
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
            options={PREVIEW_SURFACES.filter(({ value }) => isAskedOn(kind, value))}
            value={surface}
            onChange={(value) => setSurface(value as Surface)}
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
            <PreviewSteps {...steps} brand={brand} linked={linked} leadsOn={plan.leadsOn} />
          )}
        </div>
        {surface === 'email' ? (
          <>
            <Text as="p" tone="subdued">
              A tap opens the survey page, which asks the rest.
            </Text>
            <PreviewWholeMail {...{ definition, mailing, sample }} language={shown} />
          </>
        ) : (
          linkedNames.length > 0 && <Banner tone="info">{whatBecomes(linkedNames, plan)}</Banner>
        )}
        <Text as="p" variant="bodySm" tone="subdued">
          Nothing you answer here is stored.
        </Text>
      </BlockStack>
    </Card>
  );
}

/** Of questions that the surface cannot ask by itself. */
function whatBecomes(names: readonly string[], { leadsOn, completesHere }: SurfacePlan): string {
  const one = names.length === 1;
  const questions = listed(names, 'and');
  if (leadsOn) return `${questions} ${one ? 'is' : 'are'} asked on the survey page, which opens from here.`;
  if (completesHere) return `${questions} cannot be asked here and ${one ? 'is' : 'are'} left out.`;
  return `${questions} cannot be asked here, so that the survey is not offered on this surface.`;
}
