import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate, useRouteError } from '@remix-run/react';
import { BlockStack, Page, Text } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useEffect, useState } from 'react';
import { CreateSurveyDialog } from '../components/create-survey-dialog.tsx';
import { KioskLink } from '../components/kiosk-link.tsx';
import { OwnSurveys } from '../components/own-surveys.tsx';
import { PageError } from '../components/page-error.tsx';
import { UnsavedBar } from '../components/save-bar.tsx';
import { SettingsErrors } from '../components/settings-fields.tsx';
import { SurveyCard } from '../components/survey-card.tsx';
import { useSettingsForm } from '../components/use-settings-form.ts';
import { openingAt } from '../domain/surveys/opening.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { changeSurveyStatus, type ChangeSurveyStatusOutcome } from '../services/change-survey-status.ts';
import { createSurvey, type CreateSurveyOutcome } from '../services/create-survey.ts';
import { moveSurvey, type MoveSurveyOutcome } from '../services/move-survey.ts';
import { kioskUrl, renewKioskLink } from '../services/renew-kiosk-link.ts';
import { saveSettings, type SaveSettingsOutcome } from '../services/save-settings.ts';
import { showSurveys } from '../services/show-surveys.ts';

/** One answer per act of the page. */
interface Answer {
  save?: SaveSettingsOutcome;
  renewed?: SaveSettingsOutcome;
  done?: CreateSurveyOutcome | ChangeSurveyStatusOutcome | MoveSurveyOutcome;
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, now, ...services } = await adminContext(request);
  const kiosk = kioskUrl(services, shop);
  return { ...pageBasics(shop), kiosk, ...(await showSurveys(services, { shop, now })) };
}

export async function action({ request }: ActionFunctionArgs): Promise<Answer> {
  const { shop, shopId, acts, ...services } = await adminContext(request);
  const command = Object.fromEntries(await request.formData());
  switch (command['intent']) {
    case 'save':
      return { save: await saveSettings({ acts }, { shopId, json: String(command['settings']) }) };
    case 'kiosk':
      return { renewed: await renewKioskLink({ acts }, shop) };
    case 'create':
      return { done: await createSurvey(services, { shopId, command }) };
    case 'move':
      return { done: await moveSurvey(services, { shopId, command }) };
    case 'status':
      return { done: await changeSurveyStatus(services, { shopId, command }) };
    default:
      throw new Response('This act is not known. Reload the page and try again.', { status: 400 });
  }
}

/** What do we ask, where, and do people answer? */
export default function SurveysPage() {
  const { surveys, own, presets, settings, kiosk, ...basics } = useLoaderData<typeof loader>();
  const form = useSettingsForm(settings, useFetcher<Answer>());
  const [creating, setCreating] = useState(false);
  const making = useFetcher<Answer>();
  const renewing = useFetcher<Answer>();
  const navigate = useNavigate();
  // Only once it is idle: a page that is still being looked up is lost when a fetcher ends meanwhile.
  const made = making.state === 'idle' ? making.data?.done : undefined;
  useEffect(() => {
    if (made?.outcome === 'created') navigate(`/app/surveys/${made.surveyId}`);
  }, [made, navigate]);
  const now = new Date(basics.now);
  const asked = own.filter(
    ({ status, schedule }) =>
      (status === 'live' || status === 'paused') && openingAt(schedule ?? {}, now) === 'open',
  );
  return (
    <Page
      title="Surveys"
      subtitle="Short surveys: what was it like, and a few words on why. Figures of the last 90 days."
      primaryAction={{ content: 'Create survey', onAction: () => setCreating(true) }}
      secondaryActions={[
        { content: 'Responses', url: '/app/responses' },
        { content: 'Funnel', url: '/app/surveys/funnel' },
        { content: 'Experiments', url: '/app/surveys/experiments' },
        { content: 'Import answers', url: '/app/surveys/import' },
      ]}
    >
      <TitleBar title="Surveys" />
      <BlockStack gap="400">
        <SettingsErrors form={form} />
        <OwnSurveys rows={own} sender={useFetcher<Answer>()} onCreate={() => setCreating(true)} {...basics} />
        {surveys.map((survey) => (
          <SurveyCard
            key={survey.kind}
            survey={survey}
            own={asked.filter(({ kind }) => kind === survey.kind)}
            form={form}
            {...basics}
          >
            {survey.kind === 'storefront' && settings.surveys.storefront.enabled && (
              <KioskLink url={kiosk} sender={renewing} />
            )}
            {survey.kind === 'website' && settings.surveys.website.enabled && (
              <Text as="p">
                It appears once “Aftercare website survey” is switched on among the app embeds of your theme.
              </Text>
            )}
          </SurveyCard>
        ))}
      </BlockStack>
      <CreateSurveyDialog
        open={creating}
        presets={presets}
        busy={making.state !== 'idle' || made?.outcome === 'created'}
        problem={made?.outcome === 'refused' ? made.sentence : null}
        onClose={() => setCreating(false)}
        onCreate={(preset) => making.submit({ intent: 'create', preset }, { method: 'post' })}
      />
      <UnsavedBar open={form.dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
