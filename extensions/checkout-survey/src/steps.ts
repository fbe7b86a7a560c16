import type { AnswerValue } from '../../../app/domain/surveys/contract.ts';

type Given = Record<string, AnswerValue>;

/**
 * Stores what was answered so far, one request at a time, so that an earlier step cannot overtake a later one. A step
 * that fails says nothing: the next one has all of it.
 * @param store whether it was stored
 * @param before what is stored already
 * @returns settled once nothing is under way: whether the latest is stored
 */
export function stepsTo(
  store: (given: Given) => Promise<boolean>,
  before: Given = {},
): (given: Given) => Promise<boolean> {
  let stored = JSON.stringify(before);
  let latest: Given = {};
  let busy = false;
  let settled = Promise.resolve(true);
  const send = async () => {
    let sent: Given | null = null;
    while (latest !== sent && JSON.stringify(latest) !== stored) {
      sent = latest;
      if (await store(sent)) stored = JSON.stringify(sent);
    }
    busy = false;
    return JSON.stringify(latest) === stored;
  };
  return (given) => {
    latest = given;
    if (!busy) {
      busy = true;
      settled = send();
    }
    return settled;
  };
}
