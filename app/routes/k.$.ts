import type { LoaderFunctionArgs } from '@remix-run/node';
import { closedPage } from '../components/survey/survey-pages.server.tsx';
import { browserLocale } from '../components/survey/texts.ts';

/** A kiosk link of which a part was lost on the way: says so in the visitor's language. */
export const loader = ({ request }: LoaderFunctionArgs) =>
  closedPage('expired', { brand: null, locale: browserLocale(request) });
