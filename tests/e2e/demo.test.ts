import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminTests } from './admin.ts';
import { launchBrowser } from './browser.ts';
import { experimentTests } from './experiments.ts';
import { hostedSurveyTests } from './hosted-survey.ts';
import { startDemo, type Demo } from './setup.ts';
import { predictionTests } from './predictions.ts';
import { shopperPageTests } from './shopper-pages.ts';
import { surveyEditorTests } from './survey-editor.ts';
import { surveyTestTests } from './survey-test-send.ts';
import { toolPageTests } from './tool-pages.ts';
import type { World } from './world.ts';

/** One demo and one browser for everything: the play takes minutes, the walk seconds. */
describe('the demo in a browser', () => {
  let demo: Demo | null = null;
  let browser: Browser | null = null;
  const world: World = {
    demo: () => given(demo),
    browser: () => given(browser),
  };

  beforeAll(async () => {
    browser = await launchBrowser();
    demo = await startDemo();
  }, 15 * 60_000);
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  }, 120_000);

  toolPageTests(world);
  adminTests(world);
  hostedSurveyTests(world);
  shopperPageTests(world);
  surveyEditorTests(world);
  experimentTests(world);
  predictionTests(world);
  surveyTestTests(world);

  // Last on purpose: nothing answers after it.
  it('ends cleanly on Ctrl-C and leaves no process behind', async () => {
    const running = world.demo();
    const result = await running.stop();
    expect(result, running.output()).toEqual({ code: 0, signal: null, leftBehind: [] });
    await expect(fetch(running.devStore)).rejects.toThrow();
  }, 120_000);
});

function given<Thing>(thing: Thing | null): Thing {
  if (thing === null) throw new Error('The demo or the browser did not start; the first failure says why.');
  return thing;
}
