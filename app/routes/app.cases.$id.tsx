import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useActionData, useLoaderData, useNavigation, useSubmit, useRouteError } from '@remix-run/react';
import { Badge, BlockStack, Layout, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { CaseActs } from '../components/case-acts.tsx';
import { CaseFacts } from '../components/case-facts.tsx';
import { CaseStory } from '../components/case-story.tsx';
import { clockState } from '../components/clock-chip.tsx';
import { OrderCard } from '../components/order-card.tsx';
import { CaseEscalation } from '../components/predictions/escalation-section.tsx';
import { OrderForecasts } from '../components/predictions/order-forecasts.tsx';
import { useSuccessToast } from '../components/use-feedback.ts';
import { caseStatus } from '../components/words.ts';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { showEscalations } from '../services/show-escalations.ts';
import { showOrderForecasts } from '../services/show-order-forecasts.ts';
import { updateCase } from '../services/update-case.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, shopId, staffId, admin } = await adminContext(request);
  const entry = ID.test(params.id ?? '') ? await admin.case(shopId, params.id!) : null;
  if (!entry) throw new Response('No such case.', { status: 404 });
  return {
    ...pageBasics(shop),
    domain: shop.domain,
    staffId,
    entry,
    escalation: (await showEscalations({ admin }, { shopId, caseIds: [entry.id] }))[0],
    // A case that was opened for the prediction says it in its story.
    disappointing:
      entry.order && !entry.foreseen
        ? await showOrderForecasts({ admin }, { shop, about: { orderId: entry.order.orderId } })
        : [],
    replyTo: parseSettings(shop.settings).replyTo,
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { shopId, staffId, acts, clock, producer } = await adminContext(request);
  if (!ID.test(params.id ?? '')) throw new Response('No such case.', { status: 404 });
  const command = Object.fromEntries(await request.formData());
  return updateCase({ acts, clock, producer }, { shopId, staffId, caseId: params.id!, command });
}

/** One unhappy answer: what was said and what was ordered side by side, what to do beside both. */
export default function CasePage() {
  const { entry, escalation, disappointing, staffId, domain, replyTo, ...basics } =
    useLoaderData<typeof loader>();
  const result = useActionData<typeof action>();
  const submit = useSubmit();
  const busy = useNavigation().state === 'submitting';
  useSuccessToast(result?.outcome === 'changed' ? result : null);
  const clock = clockState(entry, basics.now);
  const status = caseStatus(entry.status);
  return (
    <Page
      title={`Case #${entry.number}`}
      subtitle={entry.title}
      titleMetadata={
        <span className="ac-chips">
          <Badge tone={status.tone}>{status.label}</Badge>
          <Badge tone={clock.tone}>{clock.label}</Badge>
          {entry.critical && <Badge tone="critical">Critical</Badge>}
        </span>
      }
      backAction={{ content: 'Cases', url: '/app/cases' }}
    >
      <TitleBar title="Case" />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <CaseStory entry={entry} replyTo={replyTo} {...basics} />
            <OrderCard order={entry.order} domain={domain} {...basics} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <CaseActs
              key={`${entry.status}:${entry.notes.length}`}
              entry={entry}
              staffId={staffId}
              result={result ?? null}
              busy={busy}
              onAct={(form) => submit(form, { preventScrollReset: true })}
            />
            <CaseEscalation forecast={escalation} />
            <OrderForecasts orders={disappointing} />
            <CaseFacts entry={entry} {...basics} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
