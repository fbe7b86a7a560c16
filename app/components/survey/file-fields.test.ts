// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { everyType, pageOf, WITH_FILES } from '#tests/factories/survey-pages.ts';
import { surveyPage } from './survey-pages.server.tsx';
import { scriptFor, SURVEY_SCRIPT } from './survey-script.ts';

describe('the page', () => {
  it('without such questions carries nothing for them', async () => {
    const page = surveyPage(everyType());
    expect(page.headers.get('content-security-policy')).not.toContain('blob:');
    const html = await page.text();
    expect(html).not.toMatch(/XMLHttpRequest|MediaRecorder|file-list|"files"/);
    expect(html).toContain(SURVEY_SCRIPT);
  });

  it('with pictures alone does not carry the recorder', () => {
    const { view } = pageOf({ ...WITH_FILES, questions: WITH_FILES.questions.slice(0, 2) });
    expect(scriptFor(view)).toContain('XMLHttpRequest');
    expect(scriptFor(view)).not.toContain('MediaRecorder');
    const { view: silent } = pageOf(WITH_FILES);
    for (const each of silent.questions) if (each.type !== 'csat') each.silent = true;
    expect(scriptFor(silent)).toBe(SURVEY_SCRIPT);
  });

  it('with them shows only what comes from itself, and says what it needs without a script', async () => {
    const page = surveyPage(pageOf(WITH_FILES));
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(/connect-src 'self'; img-src blob:; media-src blob:;/);
    document.documentElement.innerHTML = await page.text();
    expect(document.querySelector('noscript')?.textContent).toContain(
      'Files can only be added with JavaScript switched on.',
    );
    for (const control of document.querySelectorAll<HTMLElement>('.add, .record')) {
      expect(control.hidden).toBe(true);
    }
    expect(scriptFor(pageOf(WITH_FILES).view)).not.toMatch(/<\/script|<!--|\/\/ /);
  });
});
