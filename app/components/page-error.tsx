import { Card, EmptyState, Page } from '@shopify/polaris';
import { isAppError } from '../domain/core/app-error.ts';

/** A response that a loader threw, as the router hands it on. */
function thrownStatus(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && !(error instanceof Error) ? status : null;
}

/** What a page shows when it can't be shown; the navigation around it stays. */
export function PageError({ error }: { error: unknown }) {
  const status = thrownStatus(error);
  // Any other response is a step of the sign-in and belongs to the frame's own boundary.
  if (status !== null && status !== 404) throw error;
  const missing = status === 404;
  const heading = missing ? 'Not found' : 'This page could not be loaded';
  const text = missing
    ? 'There is nothing at this address. It may have been erased on request.'
    : isAppError(error) && error.expose
      ? error.message
      : 'The problem was recorded. Reload the page; if it stays, write to support.';
  return (
    <Page backAction={{ content: 'Home', url: '/app' }}>
      <Card>
        <EmptyState heading={heading} image="" action={{ content: 'Go to Home', url: '/app' }}>
          <p>{text}</p>
        </EmptyState>
      </Card>
    </Page>
  );
}
