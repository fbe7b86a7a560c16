// Runs before the npm scripts. Plain JavaScript, so that an old Node can still say the sentence.
import { existsSync } from 'node:fs';

const MAJOR = 24;
const major = Number(process.versions.node.split('.')[0]);
if (major !== MAJOR) {
  const installed = existsSync(new URL('../node_modules/.bin/node', import.meta.url));
  console.error(
    `Aftercare runs on Node ${MAJOR}, which npm installs into node_modules, but this is Node ${process.versions.node}. ` +
      (installed
        ? 'Start it through npm ("npm run …"), which puts the installed one first.'
        : 'Run "npm ci"; if you install with --ignore-scripts, run "npm rebuild node" after it.'),
  );
  process.exit(1);
}
