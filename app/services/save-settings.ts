import { checkSettings, parseSettings, type ShopSettings } from '../domain/shop-settings/settings.ts';
import type { Deps } from './deps.ts';

export type SaveSettingsOutcome =
  | { outcome: 'saved' }
  /** `field` is the path of the setting, e.g. "caps.surveyDays"; '' stands for the form as a whole. */
  | { outcome: 'invalid'; errors: { field: string; message: string }[] };

/**
 * Merges what a form sends (JSON text of some settings, nested) into the stored settings and
 * stores them if all of it is valid. Settings that the form doesn't hold stay as they are.
 */
export async function saveSettings(
  deps: Pick<Deps, 'acts'>,
  input: { shopId: string; json: string },
): Promise<SaveSettingsOutcome> {
  const patch = parseJson(input.json);
  if (!isRecord(patch)) return whole('The form could not be read. Reload the page and try again.');
  const stored = await deps.acts.loadSettings(input.shopId);
  const checked = checkSettings(merge(isRecord(stored) ? stored : {}, patch));
  if (checked.outcome === 'invalid') return { outcome: 'invalid', errors: checked.errors };
  // Whose score stands still is not looked at every day, and an anniversary would pass unseen.
  const scoreBuyers = greets(checked.settings) && !greets(parseSettings(stored));
  const newRules = scoresRestOn(checked.settings) !== scoresRestOn(parseSettings(stored));
  if (await deps.acts.saveSettings(input.shopId, stored, checked.settings, { scoreBuyers, newRules }))
    return { outcome: 'saved' };
  return whole(
    'Somebody else saved these settings a moment ago. Reload the page to see their changes, then make yours.',
  );
}

const greets = ({ surveys: { milestone } }: ShopSettings): boolean =>
  milestone.enabled && milestone.anniversaries;

/** The settings that are in everybody's value at risk, as one text. */
const scoresRestOn = ({ marginShare, predictions }: ShopSettings): string =>
  JSON.stringify([marginShare, predictions.purchases]);

const whole = (message: string): SaveSettingsOutcome => ({
  outcome: 'invalid',
  errors: [{ field: '', message }],
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only a broken or forged form gets here; the caller answers with a sentence.
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Objects merge key by key; lists and plain values are replaced. */
function merge(base: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const before = Object.hasOwn(base, key) ? base[key] : undefined;
    merged[key] = isRecord(value) && isRecord(before) ? merge(before, value) : value;
  }
  return merged;
}
