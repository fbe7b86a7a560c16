import { redirect, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node';

export const meta: MetaFunction = () => [{ title: 'Aftercare' }];

/** Shopify opens the app at its root; anybody else reads where to find it. */
export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  return searchParams.get('shop') ? redirect(`/app?${searchParams}`) : null;
}

export default function IndexPage() {
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
      <h1 style={{ fontSize: 22 }}>Aftercare</h1>
      <p>Surveys after each purchase, a score for every customer, and help for those who are unhappy.</p>
      <p>Open it from the Apps menu of your Shopify admin.</p>
    </main>
  );
}
