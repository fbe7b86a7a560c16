import type { ActionFunctionArgs, HeadersFunction, LinksFunction, LoaderFunctionArgs } from '@remix-run/node';
import {
  type ShouldRevalidateFunction,
  useBeforeUnload,
  useBlocker,
  useFetcher,
  useLoaderData,
  useRouteError,
} from '@remix-run/react';
import { Badge, Modal, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useCallback, useState } from 'react';
import { faultSentences, type EditorTab } from '../components/editor/checks-panel.tsx';
import editorStyles from '../components/editor/editor.css?url';
import { PublishDialog } from '../components/editor/publish-dialog.tsx';
import { scheduleSentence } from '../components/editor/schedule-panel.tsx';
import { SurveyEditor } from '../components/editor/survey-editor.tsx';
import { TestDialog } from '../components/editor/test-dialog.tsx';
import { type EditorAnswer, useSurveyEditor } from '../components/editor/use-survey-editor.ts';
import { formatAgo } from '../components/format.ts';
import { PageError } from '../components/page-error.tsx';
import { UnsavedBar } from '../components/save-bar.tsx';
import { statusBadge } from '../components/survey-status.ts';
import { surveyLabel } from '../components/words.ts';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { countMatching, type CountMatchingOutcome } from '../services/count-matching.ts';
import { publishSurvey } from '../services/publish-survey.ts';
import { saveSurveyDraft } from '../services/save-survey-draft.ts';
import { sendTest, type SendTestOutcome } from '../services/send-test.ts';
import { showSurveyEditor, type EditedSurvey } from '../services/show-survey-editor.ts';
import { showTestMail, type TestMailOutcome } from '../services/show-test-mail.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Answer extends EditorAnswer {
  count?: CountMatchingOutcome;
  test?: SendTestOutcome;
  mail?: TestMailOutcome;
}

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: editorStyles }];

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop, now, admin, staffEmail } = await adminContext(request);
  const surveyId = params['id'] ?? '';
  const page = ID.test(surveyId)
    ? await showSurveyEditor({ admin }, { shop, surveyId, now, staffEmail })
    : null;
  if (!page) throw new Response('No such survey.', { status: 404 });
  return { ...pageBasics(shop), page };
}

export async function action({ request, params }: ActionFunctionArgs): Promise<Answer> {
  const { shop, shopId, staffId, ...services } = await adminContext(request);
  const surveyId = params['id'] ?? '';
  if (!ID.test(surveyId)) throw new Response('No such survey.', { status: 404 });
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const sent = { shopId, surveyId, revision: Number(text('revision')), json: text('definition') };
  switch (text('intent')) {
    case 'save':
      return { save: await saveSurveyDraft(services, sent) };
    case 'publish':
      return { publish: await publishSurvey(services, { ...sent, staffId }) };
    case 'count':
      return { count: await countMatching(services, { shopId, json: text('target') }) };
    case 'test':
      return { test: await sendTest(services, { shopId, surveyId, command: Object.fromEntries(form) }) };
    case 'mail':
      return {
        mail: showTestMail(services, {
          shop,
          json: sent.json,
          language: text('language'),
          sample: text('sample'),
        }),
      };
    default:
      throw new Response('This act is not known. Reload the page and try again.', { status: 400 });
  }
}

/** Counting and tests change nothing that the page shows. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formData, defaultShouldRevalidate }) =>
  ['count', 'test', 'mail'].includes(String(formData?.get('intent'))) ? false : defaultShouldRevalidate;

/** What will the shopper see? */
export default function SurveyEditorPage() {
  const { page, currency, timeZone, now } = useLoaderData<typeof loader>();
  const { survey, others, enabled } = page;
  const editor = useSurveyEditor(survey, useFetcher<Answer>(), now);
  const counting = useFetcher<Answer>();
  const mailing = useFetcher<Answer>();
  const testing = useFetcher<Answer>();
  const [tab, setTab] = useState<EditorTab>('questions');
  const [asking, setAsking] = useState(false);
  const [trying, setTrying] = useState(false);
  const { draft, stored, faults, dirty } = editor;
  const publishable = dirty || survey.changed || survey.status !== 'live';
  const status = statusBadge(survey, now, timeZone);
  return (
    <Page
      fullWidth
      title={draft.name || 'Survey'}
      subtitle={`${surveyLabel(survey.kind)} · ${publishedText(survey, now)}`}
      titleMetadata={
        <span className="ac-chips">
          <Badge tone={status.tone}>{status.label}</Badge>
          {survey.changed && <Badge tone="attention">Changes not published</Badge>}
        </span>
      }
      backAction={{ content: 'Surveys', url: '/app/surveys' }}
      primaryAction={{
        content: 'Publish',
        disabled: editor.busy || !publishable,
        onAction: () => (editor.toFix > 0 ? setTab('checks') : setAsking(true)),
      }}
      secondaryActions={[{ content: 'Send a test', onAction: () => setTrying(true) }]}
    >
      <TitleBar title={draft.name || 'Survey'} />
      <SurveyEditor {...{ editor, page, currency, timeZone, now, counting, mailing, tab }} onTab={setTab} />
      <UnsavedBar
        open={dirty}
        saving={editor.busy}
        onSave={() => (faults.length > 0 ? setTab('checks') : editor.save())}
        onDiscard={editor.discard}
      />
      <TestDialog
        open={trying}
        definition={draft}
        dirty={dirty}
        toFix={faultSentences(editor)}
        to={page.testTo}
        sender={testing}
        onClose={() => setTrying(false)}
        onChecks={() => {
          setTrying(false);
          setTab('checks');
        }}
      />
      <PublishDialog
        open={asking}
        {...{ survey, others, enabled }}
        targeted={stored.target !== undefined}
        schedule={scheduleSentence(stored.schedule ?? {}, timeZone)}
        languages={stored.languages.length}
        questions={stored.questions.length}
        onClose={() => setAsking(false)}
        onPublish={() => {
          setAsking(false);
          editor.publish();
        }}
      />
      <LeaveDialog dirty={dirty} />
    </Page>
  );
}

/** "version 2, published 3 days ago by Ada" */
function publishedText(
  {
    liveVersion,
    publishedAt,
    publishedBy,
  }: Pick<EditedSurvey, 'liveVersion' | 'publishedAt' | 'publishedBy'>,
  now: string,
): string {
  if (liveVersion === null || publishedAt === null) return 'never published';
  return `version ${liveVersion}, published ${formatAgo(publishedAt, now)}${publishedBy ? ` by ${publishedBy}` : ''}`;
}

/** Nobody loses what was typed by a click on the menu, or by closing the window. */
function LeaveDialog({ dirty }: { dirty: boolean }) {
  const ask = useCallback((event: BeforeUnloadEvent) => dirty && event.preventDefault(), [dirty]);
  useBeforeUnload(ask);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  return (
    <Modal
      open={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      title="Leave without saving?"
      primaryAction={{ content: 'Stay', onAction: () => blocker.reset?.() }}
      secondaryActions={[{ content: 'Leave', destructive: true, onAction: () => blocker.proceed?.() }]}
    >
      <Modal.Section>
        <p>The changes to this survey are not saved yet. They are lost when you leave.</p>
      </Modal.Section>
    </Modal>
  );
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
