import { randomBytes } from 'node:crypto';
import { Journal } from './journal.ts';
import { verifyJwt } from './jwt.ts';

const ACCESS_SECONDS = 3600;
const REFRESH_SECONDS = 90 * 86_400;
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ONLINE = 'urn:shopify:params:oauth:token-type:online-access-token';

interface TokenPair {
  access: string;
  /** null = a token of the old kind, which never expires. */
  refresh: string | null;
  accessExpiresAt: number | null;
  refreshExpiresAt: number | null;
  scope: string;
  /** The refresh token that this pair replaces; it works until this pair is first used. */
  replaces: string | null;
  used: boolean;
}

export interface OAuthAnswer {
  status: number;
  body: Record<string, unknown>;
}

interface OAuthSettings {
  shop: string;
  apiKey: string;
  apiSecret: string;
  scopes: string[];
}

/** Access and refresh tokens of the one installed app, in machine time. */
export class TokenBook {
  readonly #settings: OAuthSettings;
  readonly #journal: Journal;
  readonly #byAccess = new Map<string, TokenPair>();
  readonly #byRefresh = new Map<string, TokenPair>();
  /** refresh token -> the pair that replaced it. */
  readonly #replacement = new Map<string, TokenPair>();

  constructor(settings: OAuthSettings, journalFile: string | null = null) {
    this.#settings = settings;
    this.#journal = new Journal(journalFile);
    for (const { value } of this.#journal.read()) this.#keep(value as TokenPair);
    const live = [...this.#byAccess.values()].filter(
      (pair) => (pair.refreshExpiresAt ?? Infinity) > Date.now(),
    );
    this.#journal.rewrite(live.map((value) => ({ kind: 'pair', value })));
  }

  #keep(pair: TokenPair): void {
    this.#byAccess.set(pair.access, pair);
    const retired = pair.refresh !== null && this.#replacement.get(pair.refresh)?.used === true;
    if (pair.refresh !== null && !retired) this.#byRefresh.set(pair.refresh, pair);
    if (pair.replaces === null) return;
    this.#replacement.set(pair.replaces, pair);
    if (pair.used) this.#byRefresh.delete(pair.replaces);
  }

  #issue(expiring: boolean, replaces: string | null): TokenPair {
    const now = Date.now();
    const pair: TokenPair = {
      access: `shpat_${randomBytes(16).toString('hex')}`,
      refresh: expiring ? `shprt_${randomBytes(16).toString('hex')}` : null,
      accessExpiresAt: expiring ? now + ACCESS_SECONDS * 1000 : null,
      refreshExpiresAt: expiring ? now + REFRESH_SECONDS * 1000 : null,
      scope: this.#settings.scopes.join(','),
      replaces,
      used: false,
    };
    this.#save(pair);
    return pair;
  }

  #save(pair: TokenPair): void {
    this.#keep(pair);
    this.#journal.append('pair', pair);
  }

  /** The first use of a pair retires the refresh token before it. */
  #markUsed(pair: TokenPair): void {
    if (pair.used) return;
    this.#save({ ...pair, used: true });
  }

  /** POST /admin/oauth/access_token: `body` as parsed from JSON or a form. */
  grant(body: Record<string, unknown>): OAuthAnswer {
    if (body['client_id'] !== this.#settings.apiKey || body['client_secret'] !== this.#settings.apiSecret) {
      return refuse(
        'invalid_client',
        'The client id or the client secret is not the one of the installed app.',
      );
    }
    if (body['grant_type'] === EXCHANGE) return this.#exchange(body);
    if (body['grant_type'] === 'refresh_token') return this.#refresh(String(body['refresh_token'] ?? ''));
    return refuse('unsupported_grant_type', 'The dev store grants token exchange and refresh_token only.');
  }

  #exchange(body: Record<string, unknown>): OAuthAnswer {
    const claims = verifyJwt(String(body['subject_token'] ?? ''), this.#settings.apiSecret);
    if (claims === null || claims['aud'] !== this.#settings.apiKey) {
      return refuse('invalid_subject_token', 'The id token is not signed for this app or is expired.');
    }
    if (claims['dest'] !== `https://${this.#settings.shop}`) {
      return refuse('invalid_subject_token', 'The id token belongs to another shop.');
    }
    const expiring = String(body['expiring']) === '1' || String(body['expiring']) === 'true';
    if (body['requested_token_type'] === ONLINE) {
      return refuse('invalid_request', 'The dev store models offline access tokens only.');
    }
    return answer(this.#issue(expiring, null));
  }

  #refresh(token: string): OAuthAnswer {
    const pair = this.#byRefresh.get(token);
    if (pair === undefined || (pair.refreshExpiresAt ?? 0) <= Date.now()) {
      return refuse('invalid_grant', 'The refresh token is unknown, expired or already replaced.');
    }
    this.#markUsed(pair);
    // A client that lost the answer asks again with the old token and gets the same replacement.
    const replacement = this.#replacement.get(token);
    return answer(replacement !== undefined && !replacement.used ? replacement : this.#issue(true, token));
  }

  /** The scopes of a living access token; null if it is unknown or expired. */
  scopesOf(access: string | undefined): string[] | null {
    const pair = access === undefined ? undefined : this.#byAccess.get(access);
    if (pair === undefined || (pair.accessExpiresAt ?? Infinity) <= Date.now()) return null;
    this.#markUsed(pair);
    return pair.scope.split(',').filter((scope) => scope !== '');
  }

  /** For tests and the start page: every access token expires now; with `revoke` the refresh tokens too, as after an uninstall. */
  expireAll(revoke: boolean): void {
    for (const pair of [...this.#byAccess.values()]) {
      const refreshExpiresAt = revoke ? Date.now() : pair.refreshExpiresAt;
      this.#save({ ...pair, accessExpiresAt: Date.now(), refreshExpiresAt });
    }
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}

function refuse(error: string, description: string): OAuthAnswer {
  return { status: 400, body: { error, error_description: description } };
}

function answer(pair: TokenPair): OAuthAnswer {
  const body: Record<string, unknown> = { access_token: pair.access, scope: pair.scope };
  if (pair.refresh !== null && pair.accessExpiresAt !== null && pair.refreshExpiresAt !== null) {
    body['expires_in'] = Math.max(0, Math.floor((pair.accessExpiresAt - Date.now()) / 1000));
    body['refresh_token'] = pair.refresh;
    body['refresh_token_expires_in'] = Math.floor((pair.refreshExpiresAt - Date.now()) / 1000);
  }
  return { status: 200, body };
}
