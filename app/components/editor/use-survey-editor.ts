import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { checkDefinition, type Finding } from '../../domain/surveys/check-definition.ts';
import { parseDefinition, type Definition } from '../../domain/surveys/definition.ts';
import type { PublishSurveyOutcome } from '../../services/publish-survey.ts';
import type { SaveSurveyDraftOutcome } from '../../services/save-survey-draft.ts';
import type { EditedSurvey } from '../../services/show-survey-editor.ts';
import { type Sender, useSuccessToast } from '../use-feedback.ts';
import { cleaned, gapsIn, withPlaceholders, type TextPlace } from './text-places.ts';

/** What the page's action answers to a save and to a publication. */
export interface EditorAnswer {
  save?: SaveSurveyDraftOutcome;
  publish?: PublishSurveyOutcome;
}

/** What the draft started from, and what saving it may replace. */
interface Base {
  definition: Definition;
  revision: number;
}

/** Comparable: the database gives keys back in an order of its own. */
const asText = (definition: Definition): string =>
  JSON.stringify(definition, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

/**
 * The draft of a survey while it is edited. What was typed outlives whatever the server answers: only discarding, or
 * taking over what somebody else saved, replaces it.
 * @param now business time of the page, as ISO text
 */
export function useSurveyEditor(survey: EditedSurvey, sender: Sender<EditorAnswer>, now: string) {
  const [draft, setDraft] = useState(survey.definition);
  const [base, setBase] = useState<Base>(survey);
  const sent = useRef(draft);
  const answered = useRef(sender.data);
  const [outcome, setOutcome] = useState<EditorAnswer>({});
  const stored = useMemo(() => cleaned(draft), [draft]);
  const before = useMemo(() => asText(cleaned(base.definition)), [base]);
  const dirty = useMemo(() => asText(stored) !== before, [stored, before]);
  const isDirty = useRef(dirty);
  useEffect(() => {
    isDirty.current = dirty;
  });

  useEffect(() => {
    const { data } = sender;
    if (sender.state !== 'idle' || !data || data === answered.current) return;
    answered.current = data;
    setOutcome(data);
    const done = data.save ?? data.publish;
    if (done?.outcome === 'saved' || done?.outcome === 'published') {
      setBase({ definition: sent.current, revision: done.revision });
    }
  }, [sender]);
  // What the server made of it, or what somebody else saved while nothing was touched here.
  useEffect(() => {
    if (isDirty.current || survey.revision < base.revision) return;
    if (survey.revision === base.revision && asText(survey.definition) === asText(base.definition)) return;
    setDraft(survey.definition);
    setBase(survey);
  }, [survey, base]);

  const done = useMemo(() => doneSentence(outcome), [outcome]);
  useSuccessToast(done);

  const send = (intent: 'save' | 'publish', revision: number) => {
    sent.current = draft;
    setOutcome({});
    sender.submit(
      { intent, revision: String(revision), definition: JSON.stringify(stored) },
      { method: 'post' },
    );
  };
  const change = useCallback((edit: (draft: Definition) => Definition) => setDraft(edit), []);
  const refused = [outcome.save, outcome.publish].find(
    (one) => one && one.outcome !== 'saved' && one.outcome !== 'published',
  );
  const named = useMemo(() => withPlaceholders(stored), [stored]);
  return {
    draft,
    stored,
    /** With a word wherever one is missing: for names, sentences and the preview. */
    named,
    dirty,
    change,
    busy: sender.state !== 'idle',
    /** Of the last save or publication; null when it went well. */
    refused: refused ?? null,
    save: () => send('save', base.revision),
    publish: () => send('publish', base.revision),
    /** Saves over what somebody else saved. */
    overwrite: (revision: number) => send('save', revision),
    discard() {
      setOutcome({});
      setDraft(survey.definition);
      setBase(survey);
    },
    ...useChecks(stored, now),
  };
}

export type SurveyEditorState = ReturnType<typeof useSurveyEditor>;

export interface MissingTexts {
  language: string;
  gaps: TextPlace[];
}

interface Checks {
  /** What is wrong with its shape: it cannot be saved like that. By field. */
  faults: { field: string; message: string }[];
  /** What the check before publishing finds, but for missing texts. */
  findings: Finding[];
  /** Languages in which texts are missing, the default one first. */
  missing: MissingTexts[];
  /** How many things have to be put right before it can be published. */
  toFix: number;
}

/** Checked behind the typing, which must not wait for it. */
function useChecks(definition: Definition, now: string): Checks {
  const settled = useDeferredValue(definition);
  return useMemo(() => {
    const parsed = parseDefinition(settled);
    const faults = parsed.outcome === 'ok' ? [] : parsed.errors;
    // Sentences name questions by their words; those without any are listed by themselves.
    const all =
      parsed.outcome === 'ok' ? checkDefinition(withPlaceholders(parsed.definition), new Date(now)) : [];
    const findings = all.filter(({ code }) => code !== 'untranslated');
    const missing = missingTexts(settled);
    const errors = findings.filter(({ severity }) => severity === 'error');
    return { faults, findings, missing, toFix: faults.length + errors.length + missing.length };
  }, [settled, now]);
}

function missingTexts(definition: Definition): MissingTexts[] {
  const { defaultLanguage, languages } = definition;
  return [defaultLanguage, ...languages.filter((tag) => tag !== defaultLanguage)]
    .map((language) => ({ language, gaps: gapsIn(definition, language) }))
    .filter(({ gaps }) => gaps.length > 0);
}

function doneSentence({ save, publish }: EditorAnswer): { sentence: string } | null {
  if (save?.outcome === 'saved') return { sentence: 'Draft saved' };
  return publish?.outcome === 'published' ? publish : null;
}
