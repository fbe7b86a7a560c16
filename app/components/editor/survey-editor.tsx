import { BlockStack, Tabs } from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { CountMatchingOutcome } from '../../services/count-matching.ts';
import type { SurveyEditorPage } from '../../services/show-survey-editor.ts';
import type { Sender } from '../use-feedback.ts';
import type { TestMailOutcome } from '../../services/show-test-mail.ts';
import { AudiencePanel } from './audience-panel.tsx';
import { ChecksPanel, type EditorPlace, type EditorTab } from './checks-panel.tsx';
import { EditorNotices } from './editor-notices.tsx';
import { IdentityPanel } from './identity-panel.tsx';
import { LanguagesPanel } from './languages-panel.tsx';
import { LogicPanel } from './logic-panel.tsx';
import { IncentivePanel, ReviewPanel } from './offers-panel.tsx';
import { QuestionList } from './question-list.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { SurveyPreview } from './survey-preview.tsx';
import { SurveyTexts } from './survey-texts.tsx';
import { useKeptFocus } from './use-kept-focus.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

export interface SurveyEditorProps {
  editor: SurveyEditorState;
  page: SurveyEditorPage;
  currency: string;
  /** The shop's. */
  timeZone: string;
  now: string;
  /** Counts who matches the audience. */
  counting: Sender<{ count?: CountMatchingOutcome }>;
  /** Renders the mail around the question. */
  mailing: Sender<{ mail?: TestMailOutcome }>;
  tab: EditorTab;
  onTab: (tab: EditorTab) => void;
}

/** Short, and never of one person alone: a part of a random UUID is as good as any. */
const newId = () => crypto.randomUUID().slice(0, 8);

/** What is asked on the left, how it looks on the right. */
export function SurveyEditor(props: SurveyEditorProps) {
  const { editor, page, currency, timeZone, now, counting, mailing, tab, onTab } = props;
  const { draft, named, toFix } = editor;
  const [openId, setOpenId] = useState<string | null>(null);
  const [language, setLanguage] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const onFocus = useKeptFocus(body);
  /** Selects where to go as soon as it is there; '' is the top of the tab. */
  const wanted = useRef<string | null>(null);
  const goTo = ({ tab: to, questionId = null, language: tag }: EditorPlace) => {
    wanted.current = questionId === null ? '' : `[id$="-${questionId}"]`;
    if (questionId !== null) setOpenId(questionId);
    if (tag !== undefined) setLanguage(tag);
    onTab(to);
  };
  // Whoever follows a finding arrives where it is, with the keyboard too.
  useEffect(() => {
    if (wanted.current === null) return;
    const place = wanted.current === '' ? body.current : body.current?.querySelector(wanted.current);
    const control = place?.querySelector<HTMLElement>('button, input, textarea, select');
    wanted.current = null;
    control?.focus();
    control?.scrollIntoView({ block: 'center' });
  });
  const tabs: { id: EditorTab; content: string }[] = [
    { id: 'questions', content: 'Questions' },
    { id: 'texts', content: 'Texts' },
    { id: 'logic', content: 'Logic' },
    { id: 'languages', content: 'Languages' },
    { id: 'audience', content: 'Audience' },
    { id: 'checks', content: toFix > 0 ? `Checks (${toFix})` : 'Checks' },
  ];
  const labels = {
    product: (id: string) => page.products.find((product) => product.id === id)?.title ?? `no. ${id}`,
    currency,
    products: page.products,
    collection: (id: string) => page.collections.find((one) => one.id === id)?.title ?? `no. ${id}`,
    collections: page.collections,
  };
  return (
    <BlockStack gap="400">
      <EditorNotices editor={editor} now={now} onChecks={() => goTo({ tab: 'checks' })} />
      <div className="ac-editor">
        <div>
          <Tabs
            tabs={tabs.map(({ id, content }) => ({ id, content, panelID: `panel-${id}` }))}
            selected={tabs.findIndex(({ id }) => id === tab)}
            onSelect={(index) => onTab(tabs[index]?.id ?? 'questions')}
          />
          <div ref={body} onFocus={onFocus}>
            {tab === 'questions' && (
              <QuestionList editor={editor} newId={newId} openId={openId} onOpen={setOpenId} />
            )}
            {tab === 'texts' && (
              <BlockStack gap="300">
                <SurveyTexts editor={editor} />
                <IncentivePanel editor={editor} labels={labels} />
                <ReviewPanel editor={editor} labels={labels} />
              </BlockStack>
            )}
            {tab === 'logic' && <LogicPanel editor={editor} labels={labels} />}
            {tab === 'languages' && <LanguagesPanel editor={editor} picked={language} onPick={setLanguage} />}
            {tab === 'audience' && (
              <BlockStack gap="300">
                <AudiencePanel editor={editor} labels={labels} counting={counting} />
                <SchedulePanel editor={editor} timeZone={timeZone} />
                <IdentityPanel editor={editor} />
              </BlockStack>
            )}
            {tab === 'checks' && <ChecksPanel editor={editor} goTo={goTo} />}
          </div>
        </div>
        <div className="ac-editor__preview">
          <SurveyPreview
            key={draft.defaultLanguage}
            kind={page.survey.kind}
            definition={named}
            brand={page.brand}
            targetHours={page.targetHours}
            mailing={mailing}
            editedId={tab === 'questions' || tab === 'logic' ? openId : null}
          />
        </div>
      </div>
    </BlockStack>
  );
}
