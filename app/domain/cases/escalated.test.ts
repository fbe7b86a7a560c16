import { expect, test } from 'vitest';
import { type CaseCourse, hasEscalated } from './escalated.ts';

const QUIET: CaseCourse = {
  ...{ openedSeverity: 2, openedCritical: false, severity: 2, critical: false },
  ...{ reopened: false, joined: false, followed: false, chargedBack: false },
};

test.each<[string, Partial<CaseCourse>, boolean]>([
  ['solved in one go', {}, false],
  ['opened again', { reopened: true }, true],
  ['joined by another low answer', { joined: true }, true],
  ['followed by another case', { followed: true }, true],
  ['charged back', { chargedBack: true }, true],
  ['made worse', { severity: 3 }, true],
  ['become critical', { critical: true }, true],
  [
    'severe and critical from the start',
    { openedSeverity: 3, severity: 3, openedCritical: true, critical: true },
    false,
  ],
  ['said to be less bad', { severity: 1 }, false],
])('a case %s: %j', (_, course, escalated) => {
  expect(hasEscalated({ ...QUIET, ...course })).toBe(escalated);
});
