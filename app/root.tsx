import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useRouteError,
} from '@remix-run/react';
import type { ReactNode } from 'react';
import { isAppError } from './domain/core/app-error.ts';

/** The frame of every document; what only the admin needs is added by routes/app.tsx. */
export function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** The last resort: says what happened in a sentence, never a stack. */
export function ErrorBoundary() {
  const { title, text } = describeError(useRouteError());
  return (
    <main
      style={{
        maxWidth: 560,
        margin: '15vh auto',
        padding: '0 20px',
        fontFamily: 'system-ui, sans-serif',
        lineHeight: 1.5,
      }}
    >
      <h1 style={{ fontSize: 22 }}>{title}</h1>
      <p>{text}</p>
    </main>
  );
}

function describeError(error: unknown): { title: string; text: string } {
  if (isRouteErrorResponse(error)) {
    if (error.status === 404)
      return { title: 'Page not found', text: 'There is nothing at this address. Check it, or go back.' };
    // Shopify's sign-in turns away what calls itself a robot (a headless browser does).
    if (error.status === 410)
      return {
        title: 'This page is for people',
        text: 'The browser says that it is a robot. Open the app in an ordinary browser.',
      };
    return {
      title: 'This did not work',
      text: typeof error.data === 'string' && error.data ? error.data : 'Please try again.',
    };
  }
  if (isAppError(error) && error.expose) return { title: 'This did not work', text: error.message };
  return {
    title: 'Something went wrong',
    text: 'The problem was recorded. Reload the page; if it stays, write to support.',
  };
}
