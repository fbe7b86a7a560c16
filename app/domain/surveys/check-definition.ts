/** What is checked before a survey may be published. */
import type { Definition } from './definition.ts';
import { compile } from './compile.ts';
import { checkFairness } from './check/fairness.ts';
import type { Finding } from './check/finding.ts';
import { warning } from './check/finding.ts';
import { possibilitiesOf } from './check/possibilities.ts';
import { checkReachability } from './check/reachability.ts';
import { checkReferences } from './check/references.ts';
import { checkTranslations } from './check/translations.ts';
import { questionName } from './wording.ts';

export type { Finding } from './check/finding.ts';

/**
 * Everything that is wrong with a definition, errors first. Errors block publishing. What can be reached is asked only
 * once rules and conditions refer to what is there.
 */
export function checkDefinition(definition: Definition): Finding[] {
  const references = checkReferences(definition);
  const compiled = compile(definition, possibilitiesOf(definition));
  const broken = references.some(({ severity }) => severity === 'error');
  const findings = [
    ...references,
    ...(broken ? [] : checkReachability(definition, compiled)),
    ...checkFairness(definition, compiled),
    ...checkDevices(definition),
    ...checkTranslations(definition),
  ];
  return findings.toSorted((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}

/** Who has no camera or microphone at hand cannot go on. */
function checkDevices(definition: Definition): Finding[] {
  return definition.questions.flatMap(({ id, type, required }) => {
    if (!required || (type !== 'voice_note' && type !== 'image_upload')) return [];
    const need = type === 'voice_note' ? 'a voice note' : 'a picture';
    const message = `${questionName(definition, id)} requires ${need}: whoever cannot make one is stuck there, so let it be optional.`;
    return [warning('needs_device', id, message)];
  });
}
