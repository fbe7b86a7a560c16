import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * npm run bench:olist — plays the whole Olist history through the real doors and prints
 * what it took. Reads the data from DATA_DIR/olist; ORDERS limits it to the first orders.
 */
const dataDir = process.env['DATA_DIR'];
const folder = dataDir ? join(dataDir, 'olist') : null;
if (!folder || !existsSync(folder)) {
  process.stderr.write('bench:olist needs the Olist files: set DATA_DIR to the folder that holds "olist".\n');
  process.exit(1);
}
const orders = process.env['ORDERS'];
const root = join(import.meta.dirname, '..');
const args = [
  'dev-store/demo/main.ts',
  '--once',
  '--json',
  '--olist',
  folder,
  ...(orders ? ['--orders', orders] : []),
];
const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
let output = '';
child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
child.on('exit', (code) => {
  const last = output.trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !last.startsWith('{')) {
    process.stderr.write(`The play failed (exit code ${code}).\n${output.slice(-2_000)}\n`);
    process.exit(1);
  }
  const { durationMs, events, surveys, actions, scores } = JSON.parse(last);
  const seconds = durationMs / 1000;
  console.table({
    'webhooks, answers and timers': { value: events.received },
    'events per second': { value: (events.received / seconds).toFixed(0) },
    'surveys sent': { value: surveys.sent },
    'actions done': { value: actions.done },
    'customers scored': { value: scores.customers },
    'minutes, whole play': { value: (seconds / 60).toFixed(2) },
  });
});
