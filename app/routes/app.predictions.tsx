import type { ActionFunctionArgs, HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator, useRouteError } from '@remix-run/react';
import { Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { DownloadButton } from '../components/download-button.tsx';
import { PageError } from '../components/page-error.tsx';
import { PredictionsPage } from '../components/predictions/predictions-page.tsx';
import predictionStyles from '../components/predictions/predictions.css?url';
import { useFits } from '../components/predictions/use-fits.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { choosePrediction, type ChoosePredictionOutcome } from '../services/choose-prediction.ts';
import { refitModels } from '../services/refit-models.ts';
import { showPredictions } from '../services/show-predictions.ts';

/** One answer per act of the page. */
interface Answer {
  fit?: Awaited<ReturnType<typeof refitModels>>;
  chosen?: ChoosePredictionOutcome;
}

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: predictionStyles }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, admin } = await adminContext(request);
  return { ...pageBasics(shop), view: await showPredictions({ admin }, { shop }) };
}

export async function action({ request }: ActionFunctionArgs): Promise<Answer> {
  const { shop, shopId, ...deps } = await adminContext(request);
  const form = await request.formData();
  switch (form.get('intent')) {
    case 'fit':
      return { fit: await refitModels(deps, { shopId }) };
    case 'choose': {
      const [choice, shown] = [String(form.get('choice')), form.get('shown') === 'yes'];
      return { chosen: await choosePrediction(deps, { shop, choice, shown }) };
    }
    default:
      throw new Response('This act is not known. Reload the page and try again.', { status: 400 });
  }
}

/** Can I trust these numbers? */
export default function PredictionsRoute() {
  const { view, currency, timeZone } = useLoaderData<typeof loader>();
  const [fitting, choosing] = [useFetcher<Answer>(), useFetcher<Answer>()];
  const fits = useFits(view.runs, fitting, useRevalidator());
  return (
    <Page
      title="Predictions"
      subtitle="Whether you can trust them, tested on days they had not seen."
      primaryAction={{ content: 'Fit now', onAction: fits.ask, loading: fits.busy }}
      secondaryActions={
        <DownloadButton
          href="/app/predictions.csv"
          id="csv"
          fileName="predictions.csv"
          label="Export as CSV"
          disabled={!view.purchases.ended?.report && !view.satisfaction?.ended?.report}
        />
      }
    >
      <TitleBar title="Predictions" />
      <PredictionsPage view={view} choosing={choosing} currency={currency} timeZone={timeZone} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
