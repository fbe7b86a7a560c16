import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRouteError } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { PageError } from '../components/page-error.tsx';
import { UnsavedBar } from '../components/save-bar.tsx';
import { SettingsErrors } from '../components/settings-fields.tsx';
import { PolicySettings } from '../components/settings-policy.tsx';
import { SendingSettings } from '../components/settings-sending.tsx';
import { PrivacySection } from '../components/privacy-section.tsx';
import { SystemSection } from '../components/system-section.tsx';
import { TeamSection } from '../components/team-section.tsx';
import { useSettingsForm } from '../components/use-settings-form.ts';
import { VisitSettings } from '../components/visit-settings.tsx';
import { parseSettings } from '../domain/shop-settings/settings.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { changeSettings } from '../services/change-settings.ts';
import { markRequestSent, type MarkRequestSentOutcome } from '../services/mark-request-sent.ts';
import { renameStaff, type RenameStaffOutcome } from '../services/rename-staff.ts';
import { rescoreAll } from '../services/rescore-all.ts';
import { resendMessage, type ResendMessageOutcome } from '../services/resend-message.ts';
import { retryEvent, type RetryEventOutcome } from '../services/retry-event.ts';
import type { SaveSettingsOutcome } from '../services/save-settings.ts';

/** One answer per act of the page. */
interface Answer {
  save?: SaveSettingsOutcome;
  replay?: RetryEventOutcome;
  resend?: ResendMessageOutcome;
  rename?: RenameStaffOutcome;
  marked?: MarkRequestSentOutcome;
  rescore?: Awaited<ReturnType<typeof rescoreAll>>;
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, shopId, staffId, admin } = await adminContext(request);
  return {
    ...pageBasics(shop),
    staffId,
    settings: parseSettings(shop.settings),
    system: await admin.system(shopId),
    requests: await admin.privacyRequests(shopId),
  };
}

export async function action({ request }: ActionFunctionArgs): Promise<Answer> {
  const { shopId, staffId, acts, producer, ...more } = await adminContext(request);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  switch (form.get('intent')) {
    case 'save':
      return { save: await changeSettings({ acts, producer, ...more }, { shopId, json: text('settings') }) };
    case 'replay':
      return { replay: await retryEvent({ acts, producer }, { shopId, eventId: text('id') || null }) };
    case 'resend':
      return { resend: await resendMessage({ acts, producer }, { shopId, actionId: text('id') }) };
    case 'rename':
      return { rename: await renameStaff({ acts }, { shopId, staffId, name: text('name') }) };
    case 'sent':
      return { marked: await markRequestSent(more, { shopId, requestId: text('id') }) };
    case 'rescore':
      return { rescore: await rescoreAll(more, { shopId }) };
    default:
      throw new Response('This act is not known. Reload the page and try again.', { status: 400 });
  }
}

export default function SettingsPage() {
  const { settings, system, requests, staffId, ...basics } = useLoaderData<typeof loader>();
  const form = useSettingsForm(settings, useFetcher<Answer>());
  const [naming, replaying, resending] = [useFetcher<Answer>(), useFetcher<Answer>(), useFetcher<Answer>()];
  const [marking, rescoring] = [useFetcher<Answer>(), useFetcher<Answer>()];
  return (
    <Page title="Settings">
      <TitleBar title="Settings" />
      <BlockStack gap="600">
        <SettingsErrors form={form} />
        <SendingSettings form={form} {...basics} />
        <PolicySettings form={form} budget={system.budget} {...basics} />
        <VisitSettings form={form} visits={system.visits} />
        <TeamSection naming={naming} staff={system.staff} staffId={staffId} {...basics} />
        <PrivacySection marking={marking} requests={requests} {...basics} />
        <SystemSection
          system={system}
          replaying={replaying}
          resending={resending}
          rescoring={rescoring}
          {...basics}
        />
      </BlockStack>
      <UnsavedBar open={form.dirty} saving={form.saving} onSave={form.save} onDiscard={form.discard} />
    </Page>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
