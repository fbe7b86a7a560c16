import type { ActionFunctionArgs, HeadersFunction, LoaderFunctionArgs } from '@remix-run/node';
import { useFetcher, useLoaderData, useRevalidator, useRouteError } from '@remix-run/react';
import { BlockStack, Page } from '@shopify/polaris';
import { TitleBar } from '@shopify/app-bridge-react';
import { boundary } from '@shopify/shopify-app-remix/server';
import { useEffect, useState } from 'react';
import { ImportCheckCard } from '../components/import-check.tsx';
import { ImportList } from '../components/import-list.tsx';
import { ImportMappingCard } from '../components/import-mapping.tsx';
import { ImportUploadCard } from '../components/import-upload.tsx';
import { PageError } from '../components/page-error.tsx';
import { adminContext, pageBasics } from '../infra/admin-context.server.ts';
import { checkImport, type CheckImportOutcome } from '../services/check-import.ts';
import { discardImport } from '../services/discard-import.ts';
import { readImport, type ReadImportOutcome } from '../services/read-import.ts';
import { startImport, type StartImportOutcome } from '../services/start-import.ts';
import { undoImport } from '../services/undo-import.ts';

/** One answer per act of the page. */
interface Answer {
  read?: ReadImportOutcome;
  checked?: CheckImportOutcome;
  started?: StartImportOutcome;
  discarded?: Awaited<ReturnType<typeof discardImport>>;
  undone?: Awaited<ReturnType<typeof undoImport>>;
}

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop, shopId, admin } = await adminContext(request);
  return { ...pageBasics(shop), imports: await admin.imports(shopId) };
}

export async function action({ request }: ActionFunctionArgs): Promise<Answer> {
  const { shop, shopId, staffId, now, ...services } = await adminContext(request);
  const form = await request.formData();
  const text = (name: string) => String(form.get(name) ?? '');
  const file = form.get('file');
  const bytes = new Uint8Array(file && typeof file !== 'string' ? await file.arrayBuffer() : []);
  const importId = text('id');
  switch (text('intent')) {
    case 'read':
      return { read: readImport(bytes) };
    case 'check': {
      const about = { shopId, staffId, now, timeZone: shop.timeZone };
      return { checked: await checkImport(services, { ...about, bytes, mapping: text('mapping') }) };
    }
    case 'start':
      return { started: await startImport(services, { shopId, importId }) };
    case 'discard':
      return { discarded: await discardImport(services, { shopId, importId }) };
    case 'undo':
      return { undone: await undoImport(services, { shopId, importId }) };
    default:
      throw new Response('This act is not known. Reload the page and try again.', { status: 400 });
  }
}

const UPLOAD = { method: 'post', encType: 'multipart/form-data' } as const;
const PROGRESS_EVERY_MS = 2_000;

/** Answers from the tool that was used before: upload, map, check, import; and what was imported so far. */
export default function ImportPage() {
  const { imports, timeZone } = useLoaderData<typeof loader>();
  const [reading, checking, acting] = [useFetcher<Answer>(), useFetcher<Answer>(), useFetcher<Answer>()];
  const [file, setFile] = useState<File | null>(null);
  const [checkedFile, setCheckedFile] = useState<File | null>(null);
  useProgress(imports.some(({ status }) => status === 'running' || status === 'undoing'));
  const upload = (fetcher: typeof reading, chosen: File, fields: Record<string, string>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', chosen);
    fetcher.submit(form, UPLOAD);
  };
  const act = (intent: string, id: string) => acting.submit({ intent, id }, { method: 'post' });
  const busy = acting.state !== 'idle';
  const waiting = imports.find(({ status }) => status === 'checked');
  const read = file && reading.state === 'idle' ? reading.data?.read : undefined;
  return (
    <Page
      title="Import answers"
      subtitle="Bring what customers told you elsewhere, so that scores don't start from nothing."
      backAction={{ content: 'Surveys', url: '/app/surveys' }}
    >
      <TitleBar title="Import answers" />
      <BlockStack gap="400">
        {waiting ? (
          <ImportCheckCard
            found={waiting}
            busy={busy}
            gone={acting.data?.started?.outcome === 'gone'}
            timeZone={timeZone}
            onStart={() => {
              setFile(null);
              act('start', waiting.id);
            }}
            onDiscard={() => act('discard', waiting.id)}
          />
        ) : file && read?.outcome === 'read' ? (
          <ImportMappingCard
            file={read}
            busy={checking.state !== 'idle'}
            problem={checkedFile === file ? checking.data?.checked : undefined}
            onCheck={(mapping) => {
              setCheckedFile(file);
              upload(checking, file, { intent: 'check', mapping: JSON.stringify(mapping) });
            }}
            onBack={() => setFile(null)}
          />
        ) : (
          <ImportUploadCard
            refused={read?.outcome === 'refused' ? read.sentence : null}
            busy={reading.state !== 'idle'}
            onFile={(chosen) => {
              setFile(chosen);
              upload(reading, chosen, { intent: 'read' });
            }}
          />
        )}
        <ImportList
          imports={imports.filter(({ status }) => status !== 'checked')}
          busy={busy}
          timeZone={timeZone}
          onUndo={(id) => act('undo', id)}
        />
      </BlockStack>
    </Page>
  );
}

/** Asks again how far it is, as long as something is on its way. */
function useProgress(busy: boolean) {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(revalidate, PROGRESS_EVERY_MS);
    return () => clearInterval(timer);
  }, [busy, revalidate]);
}

export function ErrorBoundary() {
  return <PageError error={useRouteError()} />;
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
