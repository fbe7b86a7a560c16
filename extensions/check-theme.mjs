// Lints the theme app extension as Shopify does at deploy; `shopify app build` only prints offences.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join, relative } from 'node:path';
import { check } from '@shopify/theme-check-node';

const extensions = dirname(fileURLToPath(import.meta.url));
const themes = readdirSync(extensions).filter((name) => name.startsWith('theme-'));
let offences = 0;
for (const name of themes) {
  const root = join(extensions, name);
  for (const offence of await check(root, join(root, '.theme-check.yml'))) {
    offences += 1;
    const file = relative(extensions, fileURLToPath(offence.uri));
    console.error(`${file}:${offence.start.line + 1} ${offence.check}: ${offence.message}`);
  }
}
console.log(`Theme check: ${themes.length} extension(s), ${offences} offence(s).`);
process.exitCode = offences > 0 || themes.length === 0 ? 1 : 0;
