import type { ActionFunctionArgs, HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import {
  type ShouldRevalidateFunction,
  useFetcher,
  useLoaderData,
  useNavigate,
  useRouteError,
} from '@remix-run/react';
import { Badge, Banner, BlockStack, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useEffect, useState } from 'react';
import { ACT_LABELS, ExperimentActDialog, type ExperimentAct } from '../components/experiment-acts.tsx';
import { ExperimentReportView } from '../components/experiment-report.tsx';
import { DIMENSION_LABELS, EXPERIMENT_STATUS } from '../components/experiment-words.ts';
import experimentStyles from '../components/experiments.css?url';
import funnelStyles from '../components/funnel.css?url';
import { PageError } from '../components/page-error.tsx';
import { useSuccessToast } from '../components/use-feedback.ts';
import { surveyLabel } from '../components/words.ts';
import { adminContext } from '../infra/admin-context.server.ts';
import { endExperiment, type EndExperimentOutcome } from '../services/end-experiment.ts';
import { showExperiment } from '../services/show-experiment.ts';
import { startExperiment, type StartExperimentOutcome } from '../services/start-experiment.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const links: LinksFunction = () =>
  [funnelStyles, experimentStyles].map((href) => ({ rel: 'stylesheet', href }));

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shopId, admin, now } = await adminContext(request);
  const experimentId = params['id'] ?? '';
  const report = ID.test(experimentId) ? await showExperiment({ admin }, { shopId, experimentId }) : null;
  if (!report) throw new Response('No such experiment.', { status: 404 });
  const own = await admin.ownSurveys(shopId, now);
  return { report, surveys: Object.fromEntries(own.map(({ id, name }) => [id, name])) };
}

export async function action({
  request,
  params,
}: ActionFunctionArgs): Promise<StartExperimentOutcome | EndExperimentOutcome> {
  const { shop, shopId, ...services } = await adminContext(request);
  const act = String((await request.formData()).get('act'));
  const experimentId = params['id'] ?? '';
  if (!ID.test(experimentId)) throw new Response('No such experiment.', { status: 404 });
  if (act === 'start') return startExperiment(services, { shop, experimentId });
  return endExperiment(services, { shopId, command: { act, id: experimentId } });
}

/** What was deleted has no page any more. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formData, defaultShouldRevalidate }) =>
  formData?.get('act') === 'discard' ? false : defaultShouldRevalidate;

/** What did it bring, and can it be believed? */
export default function ExperimentPage() {
  const { report, surveys } = useLoaderData<typeof loader>();
  const { experiment, judgement } = report;
  const [asking, setAsking] = useState<ExperimentAct | null>(null);
  const sender = useFetcher<typeof action>();
  const navigate = useNavigate();
  const done = sender.state === 'idle' ? sender.data : undefined;
  const success = done && done.outcome !== 'refused' ? done : null;
  useSuccessToast(success);
  useEffect(() => {
    if (done) setAsking(null);
    if (done?.outcome === 'discarded') navigate('/app/surveys/experiments');
  }, [done, navigate]);
  const winner = report.arms.find(({ arm }) => arm.id === judgement.winner)?.arm.name ?? null;
  const [first, ...others] = actsOn(report);
  const button = (act: ExperimentAct) => ({ content: ACT_LABELS[act], onAction: () => setAsking(act) });
  const status = EXPERIMENT_STATUS[experiment.status];
  return (
    <Page
      title={experiment.name}
      subtitle={`${surveyLabel(experiment.kind)} · ${DIMENSION_LABELS[experiment.dimension]}`}
      titleMetadata={
        <span className="ac-chips">
          <Badge tone={status.tone}>{status.label}</Badge>
          {experiment.adoptedArm !== null && <Badge tone="success">Adopted</Badge>}
        </span>
      }
      backAction={{ content: 'Experiments', url: '/app/surveys/experiments' }}
      {...(first && { primaryAction: button(first) })}
      secondaryActions={others.map(button)}
    >
      <TitleBar title={experiment.name} />
      <BlockStack gap="400">
        {done?.outcome === 'refused' && <Banner tone="critical">{done.sentence}</Banner>}
        <ExperimentReportView report={report} surveys={surveys} />
      </BlockStack>
      <ExperimentActDialog
        act={asking}
        dimension={experiment.dimension}
        winner={winner}
        final={judgement.stage === 'final'}
        busy={sender.state !== 'idle'}
        onClose={() => setAsking(null)}
        onAct={(act) => sender.submit({ act }, { method: 'post' })}
      />
    </Page>
  );
}

/** What can be done now, the next step first. */
function actsOn({
  experiment,
  judgement,
}: ReturnType<typeof useLoaderData<typeof loader>>['report']): ExperimentAct[] {
  const { status, dimension, adoptedArm } = experiment;
  const adoptable = judgement.winner !== null && adoptedArm === null && dimension !== 'channel';
  switch (status) {
    case 'draft':
      return ['start', 'discard'];
    case 'running':
      return adoptable ? ['adopt', 'stop'] : ['stop'];
    case 'stopped':
      return adoptable ? ['adopt'] : [];
  }
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
