import pg from 'pg';
import type { Log } from '../log.server.ts';

/** Wait before connecting again after the connection was lost, machine time. */
const RECONNECT_MS = 1_000;

/**
 * Listens to one channel on a connection of its own. `onSignal` is called after each
 * notification, and after each connect, since one may have been missed in between.
 * @returns a function that stops listening.
 */
export function listenTo(options: {
  databaseUrl: string;
  /** A channel name from code, never from input. */
  channel: string;
  onSignal: () => void;
  log: Log;
}): () => Promise<void> {
  const { databaseUrl, channel, onSignal, log } = options;
  let closed = false;
  let current: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function connect() {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: `aftercare-listen-${channel}`,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      connectionTimeoutMillis: 10_000,
    });
    current = client;
    client.on('error', (error) =>
      log.warn({ err: error, channel }, 'The listening database connection was lost.'),
    );
    client.on('end', reconnectLater);
    client.on('notification', onSignal);
    try {
      await client.connect();
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      onSignal();
    } catch (error) {
      if (!closed) log.warn({ err: error, channel }, 'The database cannot be listened to; trying again.');
      await client.end().catch(() => undefined);
      reconnectLater();
    }
  }

  function reconnectLater() {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void connect(), RECONNECT_MS);
  }

  void connect();
  return async () => {
    closed = true;
    clearTimeout(timer);
    await current?.end().catch(() => undefined);
  };
}
