import type { HeadersFunction, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { Link, Outlet, useLoaderData, useLocation, useNavigation, useRouteError } from '@remix-run/react';
import { NavMenu } from '@shopify/app-bridge-react';
import polarisStyles from '@shopify/polaris/build/esm/styles.css?url';
import { AppProvider } from '@shopify/shopify-app-remix/react';
import { boundary } from '@shopify/shopify-app-remix/server';
import adminStyles from '../components/admin.css?url';
import chartStyles from '../components/charts.css?url';
import { PageSkeleton } from '../components/page-skeleton.tsx';
import { useSlow } from '../components/use-feedback.ts';
import { adminContext } from '../infra/admin-context.server.ts';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: polarisStyles },
  { rel: 'stylesheet', href: adminStyles },
  { rel: 'stylesheet', href: chartStyles },
];

export const meta: MetaFunction = () => [{ title: 'Aftercare' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { config } = await adminContext(request);
  return { apiKey: config.shopifyApiKey, appBridgeUrl: config.appBridgeUrl };
}

/** The embedded frame: App Bridge, Polaris, navigation, and a placeholder while a page takes its time. */
export default function AdminFrame() {
  const { apiKey, appBridgeUrl } = useLoaderData<typeof loader>();
  const navigation = useNavigation();
  const location = useLocation();
  const leaving = navigation.state === 'loading' && navigation.location.pathname !== location.pathname;
  const slow = useSlow(leaving);
  return (
    <AppProvider isEmbeddedApp apiKey={apiKey} {...(appBridgeUrl ? { __APP_BRIDGE_URL: appBridgeUrl } : {})}>
      <NavMenu>
        <Link to="/app" rel="home">
          Home
        </Link>
        <Link to="/app/customers">Customers</Link>
        <Link to="/app/cases">Cases</Link>
        <Link to="/app/surveys">Surveys</Link>
        <Link to="/app/predictions">Predictions</Link>
        <Link to="/app/settings">Settings</Link>
      </NavMenu>
      {slow ? <PageSkeleton /> : <Outlet />}
    </AppProvider>
  );
}

/** Signing in travels as a thrown response; anything else goes on to the error page. */
export function ErrorBoundary() {
  return boundary.error(useRouteError());
}

export const headers: HeadersFunction = (args) => boundary.headers(args);
