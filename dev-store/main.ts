import { dirname } from 'node:path';
import { ConfigError, readConfig } from './config.ts';
import { createDevStore } from './server.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const config = readConfig(process.env, dirname(import.meta.dirname));
  const devStore = createDevStore(config);
  const { url, smtpPort, notes } = await devStore.listen();
  for (const note of notes) say(note);
  say(`Dev store of ${config.shop.domain}: ${url} (mail by SMTP on port ${smtpPort})`);
  // The parent that starts this process learns the real ports without reading the text.
  process.send?.({ type: 'listening', url, smtpPort });

  let closing = false;
  const stop = () => {
    if (closing) return;
    closing = true;
    // A page that stays open must not keep the process alive.
    setTimeout(() => process.exit(0), 5000).unref();
    void devStore.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigError || error instanceof Error;
  process.stderr.write(`${known ? error.message : String(error)}\n`);
  process.exit(1);
});
