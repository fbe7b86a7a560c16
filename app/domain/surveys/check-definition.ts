/** What is checked before a survey may be published. */
import { isVisitKind } from './contract.ts';
import type { Definition } from './definition.ts';
import { compile } from './compile.ts';
import { checkFairness } from './check/fairness.ts';
import type { Finding } from './check/finding.ts';
import { error, warning } from './check/finding.ts';
import { checkIdentity } from './check/identity.ts';
import { possibilitiesOf } from './check/possibilities.ts';
import { checkReachability } from './check/reachability.ts';
import { checkReferences } from './check/references.ts';
import { checkSchedule } from './check/schedule.ts';
import { checkTranslations } from './check/translations.ts';
import { questionName } from './wording.ts';

export type { Finding } from './check/finding.ts';

/**
 * Everything that is wrong with a definition, errors first. Errors block publishing. What can be reached is asked only
 * once rules and conditions refer to what is there.
 * @param now business time; null: whether its schedule is over already is not asked
 */
export function checkDefinition(definition: Definition, now: Date | null = null): Finding[] {
  const references = checkReferences(definition);
  const compiled = compile(definition, possibilitiesOf(definition));
  const broken = references.some(({ severity }) => severity === 'error');
  const findings = [
    ...references,
    ...(broken ? [] : checkReachability(definition, compiled)),
    ...checkFairness(definition, compiled),
    ...checkDevices(definition),
    ...checkIdentity(definition),
    ...checkSchedule(definition, now),
    ...checkTranslations(definition),
  ];
  return findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

/** Who has no camera or microphone at hand cannot go on. */
function checkDevices(definition: Definition): Finding[] {
  return definition.questions.flatMap(({ id, type, required }) => {
    if (type !== 'voice_note' && type !== 'image_upload') return [];
    if (isVisitKind(definition.kind)) {
      const message = `${questionName(definition, id)} asks for a file, which is kept with an order: a survey about a visit has none, so take the question out.`;
      return [error('files_for_visitors', id, message)];
    }
    if (!required) return [];
    const need = type === 'voice_note' ? 'a voice note' : 'a picture';
    const message = `${questionName(definition, id)} requires ${need}: whoever cannot make one is stuck there, so let it be optional.`;
    return [warning('needs_device', id, message)];
  });
}
