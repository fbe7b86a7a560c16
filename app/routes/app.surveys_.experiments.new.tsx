import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useNavigate, useRouteError } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useEffect, useState } from 'react';
import { ExperimentFormView } from '../components/experiment-form.tsx';
import { PageError } from '../components/page-error.tsx';
import { UnsavedBar } from '../components/save-bar.tsx';
import { useExperimentForm } from '../components/use-experiment-form.ts';
import { useSuccessToast } from '../components/use-feedback.ts';
import { adminContext } from '../infra/admin-context.server.ts';
import { createExperiment } from '../services/create-experiment.ts';
import { experimentChoices } from '../services/experiment-choices.ts';

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, now, ...services } = await adminContext(request);
  return { kinds: await experimentChoices(services, shop, now) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { shop, ...services } = await adminContext(request);
  const form = await request.formData();
  return createExperiment(services, { shop, json: String(form.get('experiment') ?? '') });
}

/** What do we want to know, and how many does it take? */
export default function NewExperimentPage() {
  const { kinds } = useLoaderData<typeof loader>();
  const form = useExperimentForm(kinds);
  const sender = useFetcher<typeof action>();
  const navigate = useNavigate();
  const [dismissed, setDismissed] = useState(false);
  const done = sender.state === 'idle' ? sender.data : undefined;
  const created = done?.outcome === 'created' ? done : null;
  useSuccessToast(created);
  useEffect(() => {
    if (created) navigate(`/app/surveys/experiments/${created.experimentId}`);
  }, [created, navigate]);
  return (
    <Page title="New experiment" backAction={{ content: 'Experiments', url: '/app/surveys/experiments' }}>
      <TitleBar title="New experiment" />
      <ExperimentFormView
        form={form}
        kinds={kinds}
        errors={done?.outcome === 'refused' && !dismissed ? done.errors : []}
      />
      <UnsavedBar
        open={form.dirty && created === null}
        saving={sender.state !== 'idle'}
        onSave={() => {
          setDismissed(false);
          sender.submit({ experiment: form.json() }, { method: 'post' });
        }}
        onDiscard={() => {
          setDismissed(true);
          form.discard();
        }}
      />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
