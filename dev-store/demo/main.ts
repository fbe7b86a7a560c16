import { FlagError, HELP, readFlags } from './flags.ts';
import { runDemo } from './run.ts';

const NODE_MAJOR = 24;

async function main(): Promise<number> {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < NODE_MAJOR) {
    process.stderr.write(
      `The demo needs Node ${NODE_MAJOR}, and this is Node ${process.versions.node}: start it with "npm run demo", which brings its own.\n`,
    );
    return 1;
  }
  let flags;
  try {
    flags = readFlags(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof FlagError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
  if (flags.help) {
    process.stdout.write(HELP);
    return 0;
  }
  return runDemo(flags);
}

process.exitCode = await main();
