import { redirect, type LoaderFunctionArgs } from '@remix-run/node';
import { login } from '../shopify.server.ts';

/** Starts signing in for the shop that the address names; without one there is nothing to sign in to. */
export async function loader({ request }: LoaderFunctionArgs) {
  if (!new URL(request.url).searchParams.get('shop')) return redirect('/');
  await login(request);
  return null;
}

export default function LoginPage() {
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
      <h1 style={{ fontSize: 22 }}>This is not a Shopify shop</h1>
      <p>
        The address names a shop that does not exist. Open Aftercare from the Apps menu of your Shopify admin.
      </p>
    </main>
  );
}
