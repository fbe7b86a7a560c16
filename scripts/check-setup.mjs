// Runs before the npm scripts. Plain JavaScript, so that an old Node can still say the sentence.
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

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

// Code is generated into app/generated and built into build/.
if (process.argv.includes('--writable')) {
  const folder = fileURLToPath(new URL('../app/generated', import.meta.url));
  const first = [folder, dirname(folder)].find((path) => existsSync(path));
  try {
    accessSync(first, constants.W_OK);
  } catch (error) {
    console.error(
      `${first} cannot be written (${error.code}), and code is generated there. ` +
        'Run the command as the owner of this folder, or from a copy of the project that you own.',
    );
    process.exit(1);
  }
}
