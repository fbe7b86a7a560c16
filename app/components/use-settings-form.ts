import { useEffect, useMemo, useState } from 'react';
import type { ShopSettings } from '../domain/shop-settings/settings.ts';
import type { SaveSettingsOutcome } from '../services/save-settings.ts';
import { type Sender, useSuccessToast } from './use-feedback.ts';

type Json = Record<string, unknown>;

/** Reads "caps.surveyDays" out of nested settings; list places are numbers ("percent.0"). */
export function valueAt(settings: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Json | undefined)?.[key], settings);
}

/** A copy of `settings` with the value at `path` replaced. */
export function withValue<T>(settings: T, path: string, value: unknown): T {
  const [head = '', ...rest] = path.split('.');
  if (Array.isArray(settings)) {
    return settings.map((entry, index) =>
      String(index) === head ? (rest.length ? withValue(entry, rest.join('.'), value) : value) : entry,
    ) as T;
  }
  const record = settings as Json;
  return {
    ...record,
    [head]: rest.length ? withValue(record[head] ?? {}, rest.join('.'), value) : value,
  } as T;
}

/** The least nested object that holds the values at `paths`; lists are taken whole. */
export function patchOf(settings: unknown, paths: Iterable<string>): Json {
  let patch: Json = {};
  for (const path of paths) {
    const whole = path.replace(/\.\d+(\..*)?$/, '');
    patch = withValue(patch, whole, valueAt(settings, whole));
  }
  return patch;
}

/**
 * Draft of the shop's settings: only what was touched is sent, so that two people who edit
 * different settings don't undo each other's work.
 */
export function useSettingsForm(stored: ShopSettings, sender: Sender<{ save?: SaveSettingsOutcome }>) {
  const [draft, setDraft] = useState(stored);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [dismissed, setDismissed] = useState(false);
  const outcome = sender.data?.save;
  const saved = useMemo(
    () => (outcome?.outcome === 'saved' ? { sentence: 'Settings saved' } : null),
    [outcome],
  );
  useSuccessToast(saved);
  useEffect(() => {
    if (saved) setTouched(new Set());
  }, [saved]);
  useEffect(() => {
    if (touched.size === 0) setDraft(stored);
  }, [stored, touched]);

  const errors = outcome?.outcome === 'invalid' && !dismissed ? outcome.errors : [];
  return {
    dirty: touched.size > 0,
    saving: sender.state !== 'idle',
    errors,
    value: (path: string) => valueAt(draft, path),
    error: (path: string) => errors.find((entry) => entry.field === path)?.message,
    set(path: string, value: unknown) {
      setDraft((before) => withValue(before, path, value));
      setTouched((before) => new Set(before).add(path));
    },
    save() {
      setDismissed(false);
      sender.submit(
        { intent: 'save', settings: JSON.stringify(patchOf(draft, touched)) },
        { method: 'post' },
      );
    },
    discard() {
      setDismissed(true);
      setTouched(new Set());
      setDraft(stored);
    },
  };
}

export type SettingsForm = ReturnType<typeof useSettingsForm>;
