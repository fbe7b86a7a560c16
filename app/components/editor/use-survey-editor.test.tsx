// @vitest-environment jsdom
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Definition } from '../../domain/surveys/definition.ts';
import { PRESETS } from '../../domain/surveys/presets.ts';
import type { EditedSurvey } from '../../services/show-survey-editor.ts';
import type { Sender } from '../use-feedback.ts';
import { changeSurvey } from './edit-questions.ts';
import { reword } from './text-places.ts';
import { useSurveyEditor, type EditorAnswer, type SurveyEditorState } from './use-survey-editor.ts';

const stored = (over: Partial<EditedSurvey> = {}): EditedSurvey => ({
  ...{
    id: 'x',
    kind: 'delivery',
    status: 'draft',
    liveVersion: null,
    changed: false,
    revision: 1,
    schedule: null,
  },
  ...{ publishedAt: null, publishedBy: null, definition: PRESETS.delivery },
  ...over,
});

let editor: SurveyEditorState;
let sent: Record<string, string>[];
let toasts: string[];
let render: (survey: EditedSurvey, sender?: Partial<Sender<EditorAnswer>>) => void;
let unmount: () => void;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  [sent, toasts] = [[], []];
  const show = (message: string) => void toasts.push(message);
  vi.stubGlobal('shopify', { toast: { show } });
  const root = createRoot(document.createElement('div'));
  const submit = (fields: Record<string, string>) => void sent.push(fields);
  function Probe(props: { survey: EditedSurvey; sender: Sender<EditorAnswer> }) {
    editor = useSurveyEditor(props.survey, props.sender, '2026-03-10T09:00:00Z');
    return null;
  }
  render = (survey, sender = {}) =>
    act(() =>
      root.render(<Probe survey={survey} sender={{ state: 'idle', data: undefined, submit, ...sender }} />),
    );
  unmount = () => act(() => root.unmount());
});
afterEach(() => unmount());

const rename = (name: string) => act(() => editor.change((now) => changeSurvey(now, { name })));
const sentDraft = () => JSON.parse(sent.at(-1)?.['definition'] ?? '{}') as Definition;

describe('a draft in the editor', () => {
  it('is dirty while it differs from what is stored, in whatever order the database gives its fields', () => {
    render(stored());
    expect(editor.dirty).toBe(false);
    rename('Parcel');
    expect(editor.dirty).toBe(true);
    rename(PRESETS.delivery.name);
    expect(editor.dirty).toBe(false);
    const turned = Object.fromEntries(Object.entries(PRESETS.delivery).toReversed()) as Definition;
    render(stored({ definition: turned, revision: 2 }));
    expect(editor.dirty).toBe(false);
  });

  it('is sent as it would be stored, with the revision it began with', () => {
    render(stored({ revision: 3 }));
    act(() => editor.change((now) => reword(now, 'title', 'en', '')));
    rename('Parcel');
    act(() => editor.save());
    expect(sent).toMatchObject([{ intent: 'save', revision: '3' }]);
    expect(sentDraft()).toEqual({ ...PRESETS.delivery, name: 'Parcel' });
  });

  it('keeps a text that was emptied empty while nothing is saved', () => {
    render(stored());
    act(() => editor.change((now) => reword(now, 'title', 'en', '')));
    render(stored());
    expect(editor.draft.texts).toEqual({ en: { 'delivery.title': '' } });
    expect(editor.dirty).toBe(false);
  });

  it('after saving is what the server made of it, and the next save starts from there', () => {
    render(stored());
    rename('Parcel  ');
    act(() => editor.save());
    const saved: EditorAnswer = { save: { outcome: 'saved', revision: 2 } };
    render(stored({ revision: 2, definition: { ...PRESETS.delivery, name: 'Parcel' } }), { data: saved });
    expect(editor.dirty).toBe(false);
    expect(editor.draft.name).toBe('Parcel');
    expect(toasts).toEqual(['Draft saved']);
    rename('Parcels');
    act(() => editor.save());
    expect(sent.at(-1)).toMatchObject({ revision: '2' });
  });

  it('keeps what was typed while it was being saved', () => {
    render(stored());
    rename('Parcel');
    act(() => editor.save());
    rename('Parcel and more');
    const saved: EditorAnswer = { save: { outcome: 'saved', revision: 2 } };
    render(stored({ revision: 2, definition: { ...PRESETS.delivery, name: 'Parcel' } }), { data: saved });
    expect(editor.draft.name).toBe('Parcel and more');
    expect(editor.dirty).toBe(true);
    act(() => editor.save());
    expect(sent.at(-1)).toMatchObject({ revision: '2' });
  });

  it('loses nothing when somebody else saved: it can be saved over theirs, or given up for theirs', () => {
    render(stored());
    rename('Mine');
    act(() => editor.save());
    const theirs = stored({ revision: 5, definition: { ...PRESETS.delivery, name: 'Theirs' } });
    const conflict: EditorAnswer = { save: { outcome: 'conflict', revision: 5, savedAt: '2026-01-01' } };
    render(theirs, { data: conflict });
    expect(editor.refused).toMatchObject({ outcome: 'conflict' });
    expect(editor.draft.name).toBe('Mine');
    expect(toasts).toEqual([]);
    act(() => editor.overwrite(5));
    expect(sent.at(-1)).toMatchObject({ intent: 'save', revision: '5' });
    expect(sentDraft().name).toBe('Mine');
    act(() => editor.discard());
    expect(editor).toMatchObject({ refused: null, dirty: false });
    expect(editor.draft.name).toBe('Theirs');
  });

  it('follows what somebody else saved while nothing was touched here', () => {
    render(stored());
    render(stored({ revision: 2, definition: { ...PRESETS.delivery, name: 'Theirs' } }));
    expect(editor.draft.name).toBe('Theirs');
    expect(editor.dirty).toBe(false);
  });

  it('says what stands against publishing, by the words of the questions', () => {
    render(stored({ definition: { ...PRESETS.delivery, languages: ['en', 'de'] } }));
    expect(editor.toFix).toBe(0);
    act(() => editor.change((now) => reword(now, 'questions.0.text', 'en', 'How was it?')));
    expect(editor.missing).toMatchObject([{ language: 'de', gaps: [{ path: 'questions.0.text' }] }]);
    act(() => editor.change((now) => ({ ...now, questions: now.questions.slice(1) })));
    expect(editor.findings.map(({ code }) => code)).toContain('unknown_question');
    rename(' ');
    expect(editor.faults).toMatchObject([{ field: 'name' }]);
  });

  it('tells that a version is published, with its number', () => {
    render(stored());
    act(() => editor.publish());
    expect(sent).toMatchObject([{ intent: 'publish', revision: '1' }]);
    const publish = { outcome: 'published', version: 1, revision: 2, sentence: 'Version 1 is published' };
    render(stored({ revision: 2 }), { data: { publish } as EditorAnswer });
    expect(toasts).toEqual(['Version 1 is published']);
    expect(editor.dirty).toBe(false);
  });
});
