import { Banner, Checkbox, List, Select, TextField } from '@shopify/polaris';
import { settingLabel, settingName } from './settings-labels.ts';
import type { SettingsForm } from './use-settings-form.ts';

interface FieldProps {
  form: SettingsForm;
  path: string;
  help?: string;
  disabled?: boolean;
}

/**
 * An error of the settings schema as a sentence; its own words for bounds are made plain, and in the unit of the field.
 * @param scale what the stored number is multiplied by to be shown, with `suffix` behind it
 */
export function errorSentence(message: string | undefined, scale = 1, suffix = ''): string | undefined {
  if (!message) return undefined;
  const shown = (bound: string) => `${Math.round(Number(bound) * scale * 1000) / 1000}${suffix}`;
  const plain = message
    .replace(
      /^Too small: expected number to be >=\s*(\S+)$/,
      (_, bound) => `must be at least ${shown(bound)}`,
    )
    .replace(/^Too big: expected number to be <=\s*(\S+)$/, (_, bound) => `must be at most ${shown(bound)}`)
    .replace(/^Invalid input: expected int.*$/, 'must be a whole number')
    .replace(/^Invalid input: expected number.*$/, 'must be a number');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}${/[.!?]$/.test(plain) ? '' : '.'}`;
}

/** A number; `scale` turns a stored share into percent (100). An empty field is no number and is refused on saving. */
export function NumberSetting({
  form,
  path,
  help,
  suffix,
  scale = 1,
  disabled,
}: FieldProps & { suffix?: string; scale?: number }) {
  const value = form.value(path);
  const shown = typeof value === 'number' ? String(Math.round(value * scale * 1000) / 1000) : '';
  const error = form.error(path);
  return (
    <TextField
      type="number"
      label={settingLabel(path)}
      helpText={help}
      suffix={suffix}
      value={shown}
      disabled={disabled}
      autoComplete="off"
      error={value === null ? 'Enter a number.' : errorSentence(error, scale, scale === 1 ? '' : suffix)}
      onChange={(text) =>
        form.set(path, text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text) / scale)
      }
    />
  );
}

/** A text; empty stands for null, the default. */
export function TextSetting({
  form,
  path,
  help,
  placeholder,
  disabled,
}: FieldProps & { placeholder?: string }) {
  const value = form.value(path);
  return (
    <TextField
      label={settingLabel(path)}
      helpText={help}
      placeholder={placeholder}
      value={typeof value === 'string' ? value : ''}
      disabled={disabled}
      autoComplete="off"
      error={errorSentence(form.error(path))}
      onChange={(text) => form.set(path, text === '' ? null : text)}
    />
  );
}

export function SwitchSetting({ form, path, help }: FieldProps) {
  return (
    <Checkbox
      label={settingLabel(path)}
      helpText={help}
      checked={form.value(path) === true}
      onChange={(checked) => form.set(path, checked)}
    />
  );
}

/** One of a few numbers of days; `none` names the choice of none of them, which stands for null. */
export function DaysSetting({
  form,
  path,
  help,
  days,
  words = (count) => `After ${count} days`,
  none,
}: FieldProps & { days: readonly number[]; words?: (count: number) => string; none?: string }) {
  const choices = days.map((count) => ({ value: String(count), label: words(count) }));
  return (
    <Select
      label={settingLabel(path)}
      helpText={help}
      options={[...(none === undefined ? [] : [{ value: '', label: none }]), ...choices]}
      value={String(form.value(path) ?? '')}
      error={errorSentence(form.error(path))}
      onChange={(chosen) => form.set(path, chosen === '' ? null : Number(chosen))}
    />
  );
}

/** An hour of the day, 00:00 to 23:00. */
export function HourSetting({ form, path, help }: FieldProps) {
  const options = Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: `${String(hour).padStart(2, '0')}:00`,
  }));
  return (
    <Select
      label={settingLabel(path)}
      helpText={help}
      options={options}
      value={String(form.value(path))}
      error={errorSentence(form.error(path))}
      onChange={(hour) => form.set(path, Number(hour))}
    />
  );
}

/** Errors that belong to no field that is on the page, kept in sight. */
export function SettingsErrors({ form }: { form: SettingsForm }) {
  if (form.errors.length === 0) return null;
  return (
    <Banner tone="critical" title="Nothing was saved yet">
      <List>
        {form.errors.map((entry) => (
          <List.Item key={entry.field}>
            {entry.field ? `${settingName(entry.field)}: ${errorSentence(entry.message)}` : entry.message}
          </List.Item>
        ))}
      </List>
    </Banner>
  );
}
