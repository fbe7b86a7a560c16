import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { SurveyView } from '#app/domain/surveys/contract.ts';
import type { Definition } from '#app/domain/surveys/definition.ts';
import { resolveSurvey } from '#app/domain/surveys/logic.ts';
import { readAnswers } from '#app/domain/surveys/read-answers/read-answers.ts';
import { fieldsOf, storedAnswers } from '#app/domain/surveys/stored-answers.ts';
import { surveyView } from '#app/domain/surveys/view.ts';
import { verifyJwt } from '#dev-store/jwt.ts';
import { orderBody, startTestStore, TEST_SECRET } from '#dev-store/testing.ts';
import { facts } from '../factories/surveys.ts';

const EXTENSIONS = join(import.meta.dirname, '../../extensions');
const CUSTOMER = 'gid://shopify/Customer/8123456789012345671';
const ORDER = { id: '6000000000000000001', name: '#0001' };
/** Where the app would ask for files. */
export const CONTINUED = '/s/shop/page/token';
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Allow-Headers': 'Authorization, Content-Type',
};

interface Sent {
  answers: Record<string, unknown>;
  step?: true;
  order: string;
  pageToken: string;
}

/** The dev store with one customer, Ada Byron, and an app that keeps one answer, of her only. */
export interface AccountShop {
  url: string;
  /** Bodies of the answers so far. */
  sent: Sent[];
  /** Opens a survey that nobody has answered; null: nothing is open. */
  open(definition: Definition, locale: string): SurveyView;
  open(definition: null): null;
  /** The next requests fail. */
  breakDown(requests: number): void;
  close(): Promise<void>;
}

export async function startAccountShop(): Promise<AccountShop> {
  const sent: Sent[] = [];
  let asked: ReturnType<typeof ask> | null = null;
  let broken = 0;

  const answer = async (request: IncomingMessage): Promise<{ status: number; body: unknown }> => {
    if (request.method === 'OPTIONS') return { status: 204, body: null };
    if (request.url === CONTINUED) return { status: 200, body: 'The survey goes on here.' };
    // The theme block of the storefront asks elsewhere.
    if (!request.url?.startsWith('/api/account/survey')) return { status: 200, body: { survey: null } };
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? '';
    if (verifyJwt(token, TEST_SECRET)?.['sub'] !== CUSTOMER) return { status: 401, body: {} };
    if (broken > 0) {
      broken -= 1;
      return { status: 500, body: { outcome: 'unavailable' } };
    }
    if (!asked) return { status: 200, body: { survey: null, reason: 'nothing_due' } };
    const { definition, resolved, view, given } = asked;
    const continueAt = view.labels.files && `http://${request.headers.host}${CONTINUED}`;
    const offer = { survey: view, order: ORDER, pageToken: 'page-token', given, continueAt };
    if (request.method === 'GET') return { status: 200, body: offer };
    const body = JSON.parse(await text(request)) as Sent;
    sent.push(body);
    const read = readAnswers(resolved, body, { partial: body.step });
    if (read.outcome === 'invalid') return { status: 422, body: read };
    if (body.step) asked.given = fieldsOf(storedAnswers(definition, read, null));
    else asked = null;
    return { status: 200, body: { outcome: 'stored', route: 'high', thanks: view.thanks.high } };
  };
  const app = createServer((request, response) => {
    answer(request).then(
      ({ status, body }) =>
        response
          .writeHead(status, { ...CORS, 'Content-Type': 'application/json' })
          .end(body === null ? '' : JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((done) => app.listen(0, '127.0.0.1', done));
  const appUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const store = await startTestStore({ appUrl, extensionsDir: EXTENSIONS });
  await store.post('/control/store', `{"orders":[${orderBody(ORDER.id)}]}`);

  function open(definition: Definition, locale: string): SurveyView;
  function open(definition: null): null;
  function open(definition: Definition | null, locale = 'en'): SurveyView | null {
    sent.length = 0;
    asked = definition && ask(definition, locale);
    return asked?.view ?? null;
  }
  return {
    url: store.url,
    sent,
    open,
    breakDown(requests) {
      broken = requests;
    },
    async close() {
      await store.devStore.close();
      app.closeAllConnections();
      await new Promise((done) => app.close(done));
    },
  };
}

/** The survey as the app offers it; `given` is what steps have stored. */
function ask(definition: Definition, locale: string) {
  const lineTitles = { '11': 'Vase', '12': 'Bowl' };
  const resolved = resolveSurvey(definition, facts({ lineIds: Object.keys(lineTitles) }), {});
  const about = { locale, brandName: 'Moss', targetHours: 4, edition: 'edition-1', lineTitles };
  const given: Record<string, string | string[]> = {};
  return { definition, resolved, view: surveyView(resolved, about), given };
}
