// @vitest-environment jsdom
/** The theme block where the survey was answered at another door after the page was opened. */
import { beforeEach, describe, expect, it } from 'vitest';
import { app, asking, click, newTab, open, pause, preset, tap, write } from './theme-survey-page.ts';

beforeEach(newTab);

describe('a survey that was answered elsewhere', () => {
  const answered = {
    outcome: 'already_answered',
    thanks: { title: 'You have already answered', text: 'Thank you.' },
  };

  it('is over as soon as a step shows it', async () => {
    app.replies = [answered];
    const root = await open(preset('usage'));
    tap(root, '2');
    await pause(1000);
    expect(root.textContent).toBe('You have already answeredThank you.');
    expect(document.activeElement).toBe(document.body);
    expect(sessionStorage).toHaveLength(0);
    window.dispatchEvent(new Event('pagehide'));
    expect(app.sent.filter(({ answers }) => answers['rating'])).toHaveLength(1);
  });

  it('is changed by its last step, where the page asks again and steps change nothing', async () => {
    app.replies = [{ outcome: 'stored', route: 'low', thanks: {} }];
    const root = await open(preset('usage'));
    tap(root, '2');
    await pause(1000);
    write(root, 'comment_low', 'It broke.');
    await pause(1000);
    expect(root.querySelector('form')).not.toBeNull();
    app.replies = [{ outcome: 'stored', route: 'low', thanks: { title: 'We are sorry.', text: '' } }];
    click(root, 'Send');
    await pause(1000);
    expect(app.sent.map(({ answers, step }) => [answers['comment_low'], step])).toEqual([
      [undefined, true],
      ['It broke.', true],
      ['It broke.', undefined],
    ]);
    expect(app.sent.at(-1)).toMatchObject({ pageToken: 'page-token', answers: { rating: '2' } });
    expect(root.textContent).toBe('We are sorry.');
  });

  it('says so in place of the thanks', async () => {
    app.replies = [answered];
    const root = await open(asking({ id: 'c', type: 'long_text' }));
    write(root, 'c', 'Fine');
    click(root, 'Send');
    await pause(1000);
    expect(root.textContent).toBe('You have already answeredThank you.');
    expect(document.activeElement?.textContent).toBe('You have already answered');
  });
});
