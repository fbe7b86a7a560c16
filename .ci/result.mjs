/**
 * Checks the result of `npm run demo -- --once --json`.
 * node .ci/result.mjs RESULT.json [UNDISTURBED.json]
 * With a second file: the first play was disturbed, and must have ended as the second did.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

/** WORKER_CONCURRENCY: so many messages may be under way when a worker dies. */
const MOST_UNKNOWN = 8;

const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
const [file, undisturbed] = process.argv.slice(2);
const result = read(file);

assert(result.events.processed > 0, 'The demo processed no event.');
assert.equal(result.events.failed, 0, 'Events failed.');
assert.equal(result.actions.failed, 0, 'Actions failed.');
const { eligible, suppressed, deferred, sent } = result.surveys;
assert.equal(suppressed + deferred + sent, eligible, 'eligible is not suppressed + deferred + sent.');

if (undisturbed) {
  assert(result.actions.unknown <= MOST_UNKNOWN, `${result.actions.unknown} messages are unknown.`);
  assert.deepEqual(comparable(result), comparable(read(undisturbed)), 'The disturbed play ended otherwise.');
} else {
  assert.equal(result.actions.unknown, 0, 'Messages are unknown, though nobody killed the worker.');
}

/** Without what may differ: time, repeats, and whether a message that left is known to have. */
function comparable({ durationMs: _time, events, actions, ...rest }) {
  return {
    ...rest,
    events: { ...events, received: events.received - events.duplicate, duplicate: null },
    actions: { failed: actions.failed, ended: actions.done + actions.unknown },
  };
}
