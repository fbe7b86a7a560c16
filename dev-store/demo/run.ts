import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { moveClock } from '../clock.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../postgres/embedded.ts';
import { buildIfOld } from './build.ts';
import { markPlayed, openDatabase, type DemoDatabase } from './database.ts';
import { cleanEnvironment, type Places } from './environment.ts';
import type { Flags } from './flags.ts';
import { startHost } from './host.ts';
import { installApp } from './install.ts';
import { Interrupted, watchInterrupts, type Interrupt } from './interrupt.ts';
import { watchMemory } from './memory.ts';
import { olistScript } from './olist/script.ts';
import { playScript } from './play-script.ts';
import type { Played } from './player.ts';
import { Processes } from './processes.ts';
import { createProgressBar } from './progress.ts';
import { printReport, type Report } from './report.ts';
import { generatedScript } from './scenario/generate.ts';
import type { Script } from './script.ts';
import { chooseSurveys } from './staff.ts';
import { keepSecrets, makeFolder, type DemoSecrets } from './state-file.ts';
import { judge, readFindings, readSummary } from './summary.ts';

const ROOT = dirname(dirname(import.meta.dirname));

/** Runs the demo as the flags say. @returns the exit code */
export async function runDemo(flags: Flags): Promise<number> {
  const bar = createProgressBar(flags.json ? process.stderr : process.stdout);
  const say = bar.say;
  let processes: Processes | null = null;
  const interrupt = watchInterrupts({
    onFirst: () => say('Stopping …'),
    onSecond: () => {
      processes?.kill();
      process.exit(130);
    },
  });
  let server: EmbeddedPostgres | null = null;
  let database: DemoDatabase | null = null;
  let code: number;
  let lastLine = '';
  const data = resolve(ROOT, flags.data ?? '.data');
  const logs = join(data, 'logs');
  try {
    makeFolder(logs);
    const secrets = keepSecrets(join(data, 'demo.json'));
    const script =
      flags.olist === null ? generatedScript() : olistScript(flags.olist, flags.orders ?? Infinity);
    say(`Starting PostgreSQL; data and logs are in ${data}.`);
    server = await startEmbeddedPostgres({ dataRoot: data, port: flags.ports.postgres, say });
    interrupt.check();
    const env = cleanEnvironment(process.env);
    const name = flags.once
      ? `aftercare_once_${randomBytes(4).toString('hex')}`
      : flags.olist === null
        ? 'aftercare_demo'
        : 'aftercare_demo_olist';
    const [opened, built] = await Promise.all([
      openDatabase({
        server,
        name,
        key: script.key,
        reset: flags.reset || flags.once,
        root: ROOT,
        env,
        logFile: join(logs, 'migrate.log'),
        say,
      }),
      buildIfOld(ROOT, { ...env, NODE_ENV: 'production' }, join(logs, 'build.log')),
    ]);
    database = opened;
    if (built) say('The web app was built.');
    interrupt.check();
    processes = new Processes({ logFolder: logs, root: ROOT, say });
    const report = await up({ data, flags, script, secrets, database, processes, interrupt, bar });
    code = report.wrong.length === 0 ? 0 : 1;
    bar.clear();
    if (flags.json) lastLine = JSON.stringify(report.summary);
    await printReport(report, { json: flags.json, stays: !flags.once, write: say });
    if (!flags.once) {
      await stayUp(processes, interrupt);
      code = 0;
    }
  } catch (error) {
    bar.clear();
    code = error instanceof Interrupted ? 130 : 1;
    if (code === 1) process.stderr.write(`${sentenceOf(error)}\n`);
  }
  await shutDown(processes, database, server, flags, say);
  if (lastLine) process.stdout.write(`${lastLine}\n`);
  return code;
}

interface Running {
  /** Folder of the database, logs and what was played. */
  data: string;
  flags: Flags;
  script: Script;
  secrets: DemoSecrets;
  database: DemoDatabase;
  processes: Processes;
  interrupt: Interrupt;
  bar: ReturnType<typeof createProgressBar>;
}

/** Brings everything up, plays unless that was done before, and reads what came of it. */
async function up(running: Running): Promise<Report> {
  const { data, flags, script, secrets, database, processes, interrupt, bar } = running;
  const { pool, played } = database;
  const stateDir = flags.once ? null : join(data, 'dev-store', database.name);
  if (stateDir && !played) rmSync(stateDir, { recursive: true, force: true });
  // Before any process starts: the app must never see the wall clock in this database.
  if (!played) await moveClock(pool, script.startAt);
  const memory = watchMemory(() => processes.pids());
  const places: Places = await startHost({
    ...{ dataDir: data, databaseUrl: database.url, stateDir, flags, secrets, script, processes },
    say: bar.say,
  });
  interrupt.check();
  bar.say(`The web app, the worker (process ${processes.pid('worker')}) and the dev store are up.`);
  let expected: { webhooks: number; problems: readonly string[] } | null = null;
  let durationMs = played?.durationMs ?? 0;
  if (!played) {
    const notOpened = await installApp(places.devStoreUrl, pool, script.shop.domain);
    if (script.staffed) await chooseSurveys(places);
    bar.say(`Playing ${script.title}: ${script.counts.webhooks.toLocaleString('en')} webhooks.`);
    const done = await playScript({
      script,
      places,
      pool,
      secrets,
      processes,
      interrupt,
      onProgress: bar.show,
    });
    const problems = [...(notOpened ? [notOpened] : []), ...done.problems];
    expected = { webhooks: script.counts.webhooks, problems };
    durationMs = Math.round(performance.now());
    bar.say(spentSentence(done));
    const clean = judge(await readSummary(pool, durationMs), await readFindings(pool), expected).length === 0;
    if (clean) await markPlayed(database, { key: script.key, endAt: done.endAt.toISOString(), durationMs });
  } else bar.say(`${script.title} was played before; "npm run demo -- --reset" plays it again.`);
  await memory.stop();
  const summary = await readSummary(pool, durationMs);
  const findings = await readFindings(pool);
  const wrong = judge(summary, findings, expected ?? { webhooks: findings.webhooksStored, problems: [] });
  return {
    summary,
    findings,
    wrong,
    places,
    memory: memory.peak(),
    workerPid: processes.pid('worker') ?? 0,
  };
}

function spentSentence({ steps, spent }: Played): string {
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  return `${steps.toLocaleString('en')} steps of simulated time: ${seconds(spent.deliverMs)} sending, ${seconds(spent.settleMs)} waiting for the app.`;
}

/** Until Ctrl-C; a process that dies meanwhile ends the demo with a sentence. */
async function stayUp(processes: Processes, interrupt: Interrupt): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const died = new Promise<never>((_resolve, reject) => {
    timer = setInterval(() => {
      try {
        processes.check();
      } catch (error) {
        reject(error as Error);
      }
    }, 500);
  });
  await Promise.race([interrupt.asked, died]).finally(() => clearInterval(timer));
}

async function shutDown(
  processes: Processes | null,
  database: DemoDatabase | null,
  server: EmbeddedPostgres | null,
  flags: Flags,
  say: (sentence: string) => void,
): Promise<void> {
  try {
    await processes?.stop('web', 'worker');
    await processes?.stop('dev-store');
    await database?.close();
    if (flags.once && database && !flags.keep) await server?.dropDatabase(database.name);
    if (flags.once && database && flags.keep) say(`The database ${database.name} was kept.`);
    await server?.stop();
  } catch (error) {
    process.stderr.write(`Not everything could be stopped cleanly: ${sentenceOf(error)}\n`);
  }
}

/** People get the sentence; a fault of the demo itself keeps its stack, or nobody could find it. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFault = error instanceof TypeError || error instanceof ReferenceError;
  return isFault ? (error.stack ?? error.message) : error.message;
}
