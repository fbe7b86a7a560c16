import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRouteError } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { UnsavedBar } from '../components/save-bar.tsx';
import { SettingsErrors } from '../components/settings-fields.tsx';
import { SurveyCard } from '../components/survey-card.tsx';
import { useSettingsForm } from '../components/use-settings-form.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { saveSettings } from '../services/save-settings.ts';
import { showSurveys } from '../services/show-surveys.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, now, admin } = await adminContext(request);
  return { ...pageBasics(shop), ...(await showSurveys({ admin }, { shop, now })) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shopId, acts } = await adminContext(request);
  const form = await request.formData();
  return { save: await saveSettings({ acts }, { shopId, json: String(form.get('settings')) }) };
}

/** What do we ask, where, and do people answer? */
export default function SurveysPage() {
  const { surveys, settings, ...basics } = useLoaderData<typeof loader>();
  const form = useSettingsForm(settings, useFetcher<typeof action>());
  return (
    <Page
      title="Surveys"
      subtitle="Short surveys: what was it like, and a few words on why. Figures of the last 90 days."
      secondaryActions={[
        { content: 'Responses', url: '/app/responses' },
        { content: 'Import answers', url: '/app/surveys/import' },
      ]}
    >
      <TitleBar title="Surveys" />
      <BlockStack gap="400">
        <SettingsErrors form={form} />
        {surveys.map((survey) => (
          <SurveyCard key={survey.kind} survey={survey} form={form} {...basics} />
        ))}
      </BlockStack>
      <UnsavedBar open={form.dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
