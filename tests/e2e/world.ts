import type { Browser } from 'playwright-core';
import type { Demo } from './setup.ts';

/** What all tests of a run share; asked for inside tests only, since the demo starts before the first. */
export interface World {
  demo(): Demo;
  browser(): Browser;
}
