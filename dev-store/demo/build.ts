import { execFile } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the web build is made of. */
const SOURCES = ['app', 'public', 'vite.config.ts', 'package-lock.json'];
const BUILT = 'build/server/index.js';
/** Generated or only for tests: newer files there do not make a build old. */
const LEFT_OUT = /(^|\/)generated$|\.test\.tsx?$/;

/** Builds the web app when its build is missing or older than the sources. @returns whether it did */
export async function buildIfOld(root: string, env: NodeJS.ProcessEnv, logFile: string): Promise<boolean> {
  const builtAt = newest(join(root, BUILT));
  const changedAt = Math.max(...SOURCES.map((source) => newest(join(root, source))));
  if (builtAt > changedAt) return false;
  await runTool(
    root,
    'node_modules/@remix-run/dev/dist/cli.js',
    ['vite:build'],
    env,
    logFile,
    'The web app could not be built',
  );
  return true;
}

/** Runs a tool of node_modules with this very Node. @throws Error with the end of its output. */
export async function runTool(
  root: string,
  script: string,
  args: string[],
  env: NodeJS.ProcessEnv,
  logFile: string,
  failure: string,
): Promise<void> {
  try {
    const { stdout, stderr } = await run(process.execPath, [join(root, script), ...args], {
      cwd: root,
      env,
      maxBuffer: 1e8,
    });
    writeFileSync(logFile, stdout + stderr);
  } catch (error) {
    const {
      stdout = '',
      stderr = '',
      message,
    } = error as { stdout?: string; stderr?: string; message: string };
    const output = `${stdout}${stderr}`.trim() || message;
    writeFileSync(logFile, output);
    throw new Error(
      `${failure}; ${logFile} has it all. Its last words:\n${output.split('\n').slice(-8).join('\n')}`,
      {
        cause: error,
      },
    );
  }
}

/** The latest change of a file, or of anything in a folder; 0 where there is none. */
function newest(path: string): number {
  if (LEFT_OUT.test(path)) return 0;
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), 0);
}
