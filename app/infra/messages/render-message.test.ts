import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../domain/core/locales.ts';
import { renderMessage } from './render-message.ts';
import type { MessageData } from './render-message.ts';

const frame = { locale: 'en', brandName: 'Moss & Fern', brandColour: '#0a7d4f', firstName: 'Ada' };
const invitation: MessageData['survey_invitation'] = {
  ...frame,
  surveyKind: 'delivery',
  orderName: '#1001',
  productTitle: 'Hand cream',
  surveyUrl: 'https://app.example.com/s/shop/token?a=1&b=2',
  unseenUrl: 'https://app.example.com/s/shop/token?rating=x7Qd3k_P',
  question: {
    id: 'rating',
    text: 'How was the delivery? <3',
    choices: [1, 2, 3, 4, 5].map((value) => ({ value: String(value), label: String(value) })),
    ends: { least: 'Very bad', most: 'Very good' },
  },
  linkDays: 60,
  unsubscribeUrl: 'https://app.example.com/u/shop/token',
};
const complaint: MessageData['acknowledgement'] = {
  ...frame,
  orderName: '#1001',
  caseNumber: 17,
  answerBy: new Date('2026-03-02T16:30:00Z'),
  timeZone: 'Europe/Berlin',
  recovery: { code: 'SORRY-7F3K', amount: '€5.00', expiresAt: new Date('2026-05-01T22:30:00Z') },
  replies: true,
};
const referral: MessageData['referral_invitation'] = {
  ...frame,
  code: 'ADA-9Q2',
  percentOff: 12.5,
  shareUrl: 'https://shop.example.com/discount/ADA-9Q2',
  unsubscribeUrl: 'https://app.example.com/u/shop/token',
};

/** Tags with the names of their attributes: what a browser would build from the text. */
function shape(html: string): string[] {
  return [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, '='));
}

describe('renderMessage', () => {
  it.each(['delivery', 'usage', 'relationship', 'return'] as const)(
    'asks the first question of the %s survey, a link for each value, and has one button',
    (surveyKind) => {
      const message = renderMessage('survey_invitation', { ...invitation, surveyKind });
      const links = [...message.html.matchAll(/<a\s+href="([^"]*)"/g)].map((link) =>
        link[1]?.replaceAll('&amp;', '&'),
      );
      const rated = [1, 2, 3, 4, 5].map((value) => `${invitation.surveyUrl}&rating=${value}`);
      // The link that nobody sees stands first.
      const seen = [...rated, invitation.surveyUrl, invitation.unsubscribeUrl];
      expect(links).toEqual([invitation.unseenUrl, ...seen]);
      expect(message.html).toContain('How was the delivery? &lt;3');
      expect(message.html).toContain('aria-label="1 – Very bad"');
      // Rows of at most six: more would be too narrow for a thumb.
      const rows = (values: number) =>
        renderMessage('survey_invitation', {
          ...invitation,
          question: {
            ...invitation.question!,
            choices: Array.from({ length: values }, (_, value) => ({
              value: String(value),
              label: String(value),
            })),
          },
        }).html.split('cellSpacing="4"').length - 1;
      expect([5, 6, 7, 11].map(rows)).toEqual([1, 1, 2, 2]);
      expect(message.text).not.toContain('rating=');
      expect(message.html).toMatch(/>\s*Moss &amp; Fern\s*</);
      for (const part of [
        '#1001',
        'Hand cream',
        invitation.surveyUrl,
        invitation.unsubscribeUrl,
        '60 days',
      ]) {
        expect(message.text).toContain(part);
      }
    },
  );

  describe('a picture of what was bought', () => {
    const image = { url: 'https://cdn.shopify.com/a.png?v=1&width=192', alt: 'A jar & its "lid"' };
    const pictured = (over: Partial<MessageData['survey_invitation']> = {}) =>
      renderMessage('survey_invitation', { ...invitation, productImage: image, ...over });
    const plain = renderMessage('survey_invitation', invitation);
    const imagesIn = (html: string) => html.match(/<img[^>]*>/g) ?? [];

    it('stands beside its name, narrow enough for any phone, and changes no word of the plain text', () => {
      const [img, ...others] = imagesIn(pictured().html);
      expect(others).toEqual([]);
      expect(img).toContain('src="https://cdn.shopify.com/a.png?v=1&amp;width=192"');
      expect(img).toContain('alt="A jar &amp; its &quot;lid&quot;"');
      expect(img).toContain('width="72"');
      expect(pictured().html).toMatch(/<img[^>]*><\/td>[^]{0,500}>Hand cream<\/p><\/td><\/tr>/);
      expect(pictured().text).toBe(plain.text);
      expect(pictured().subject).toBe(plain.subject);
    });

    it('needs no words where the merchant gave it none', () => {
      expect(pictured({ productImage: { ...image, alt: null } }).html).toContain('alt=""');
    });

    it('reminds too, and reads from the right in Arabic', () => {
      const reminder = renderMessage('survey_reminder', {
        ...{ ...invitation, productImage: image },
        locale: 'ar',
      });
      expect(imagesIn(reminder.html)).toHaveLength(1);
      expect(reminder.html).toMatch(
        /<img[^>]*>[^]{0,200}<td align="right"[^>]*>[^]{0,400}>\u2068Hand cream\u2069</,
      );
    });

    it.each(['support', 'milestone'] as const)('has no place in a mail about %s', (surveyKind) => {
      expect(imagesIn(pictured({ surveyKind }).html)).toEqual([]);
    });

    it('is left out, with everything around it, where none is known', () => {
      expect(pictured({ productImage: null }).html).toBe(plain.html);
      expect(pictured({ productTitle: null }).html).not.toContain('<img');
      expect(imagesIn(plain.html)).toEqual([]);
    });
  });

  it('reminds with the same question, subject and links, in other words', () => {
    const first = renderMessage('survey_invitation', invitation);
    const again = renderMessage('survey_reminder', invitation);
    const linksOf = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map((link) => link[1]);
    expect(again.subject).toBe(`A reminder: ${first.subject}`);
    expect(linksOf(again.html)).toEqual(linksOf(first.html));
    expect(again.html).toContain('How was the delivery? &lt;3');
    expect(again.text).toContain('A few days ago Moss & Fern asked you this question');
    expect(again.text).not.toContain('should be with you by now');
  });

  it.each(LOCALES)('leaves no hole in %s where the mail is about no order', (locale) => {
    for (const template of ['survey_invitation', 'survey_reminder'] as const)
      for (const surveyKind of ['relationship', 'milestone'] as const) {
        const about = { ...invitation, locale, surveyKind, orderName: '', productTitle: null };
        const { text, subject } = renderMessage(template, about);
        expect(`${subject} ${text}`).not.toMatch(/[(（]|\S  +\S|[\u2068][\u2069]/);
      }
  });

  it.each(LOCALES)('says in %s that it is a reminder, and of what', (locale) => {
    const first = renderMessage('survey_invitation', { ...invitation, locale });
    const again = renderMessage('survey_reminder', { ...invitation, locale });
    expect(again.subject).toContain(first.subject);
    expect(again.subject.length).toBeGreaterThan(first.subject.length + 4);
    expect(again.text).not.toBe(first.text);
  });

  it('hides the link for machines from everybody else', () => {
    const { html, text } = renderMessage('survey_invitation', invitation);
    const hidden =
      /<div aria-hidden="true" style="display:none;[^"]*">\s*<a href="([^"]*)" tabindex="-1" style="display:none"><\/a>\s*<\/div>/;
    expect(hidden.exec(html)?.[1]).toBe(invitation.unseenUrl);
    expect(text).not.toContain(invitation.unseenUrl);
  });

  it('says what happens next by when, in the shop time zone, with the code and its expiry', () => {
    const { subject, text, html } = renderMessage('acknowledgement', complaint);
    expect(subject).toBe('We are sorry about #1001');
    expect(text).toMatch(/Monday, March 2 at 05:30\sPM GMT\+1/);
    expect(text).toContain('number 17');
    expect(text).toContain('€5.00 off your next order. It works once, until May 2, 2026');
    expect(html).toContain('SORRY-7F3K');
  });

  it('promises no code when there is none, and no reply where nobody reads it', () => {
    const { text } = renderMessage('acknowledgement', {
      ...complaint,
      recovery: null,
      orderName: null,
      replies: false,
    });
    expect(text).not.toMatch(/code|answer this mail/);
  });

  it('hands a promoter the code and the link', () => {
    const { text } = renderMessage('referral_invitation', referral);
    expect(text).toContain('ADA-9Q2');
    expect(text).toContain(referral.shareUrl as string);
    expect(text).toContain('12.5% off');
  });

  it.each([
    ['de-AT', 'de', 'Ist #1001 von Moss & Fern gut angekommen?'],
    ['pt_BR', 'pt-BR', 'Seu pedido #1001 de Moss & Fern chegou bem?'],
    ['zh-CN', 'en', 'Did #1001 from Moss & Fern arrive as it should?'],
    [null, 'en', 'Did #1001 from Moss & Fern arrive as it should?'],
  ])('speaks the language of %s', (locale, lang, subject) => {
    const message = renderMessage('survey_invitation', { ...invitation, locale });
    expect(message.subject).toBe(subject);
    expect(message.html).toContain(`<html dir="ltr" lang="${lang}">`);
  });

  it.each(LOCALES)('leaves no placeholder open in %s, whatever is not known', (locale) => {
    const messages = [
      ...(['delivery', 'usage', 'relationship'] as const).flatMap((surveyKind) =>
        [invitation, { ...invitation, firstName: null, productTitle: null }].map((data) =>
          renderMessage('survey_invitation', { ...data, locale, surveyKind }),
        ),
      ),
      ...(['delivery', 'usage', 'relationship'] as const).map((surveyKind) =>
        renderMessage('survey_reminder', { ...invitation, locale, surveyKind, productTitle: null }),
      ),
      renderMessage('acknowledgement', { ...complaint, locale }),
      renderMessage('acknowledgement', { ...complaint, locale, orderName: null, recovery: null }),
      renderMessage('referral_invitation', { ...referral, locale }),
    ];
    for (const message of messages) expect(message.subject + message.text).not.toMatch(/[{}]|undefined/);
  });

  it('runs from right to left in Arabic, where webmail keeps it and where Outlook reads it', () => {
    const { subject, html } = renderMessage('survey_invitation', { ...invitation, locale: 'ar-EG' });
    expect(html).toContain('<html dir="rtl" lang="ar">');
    expect(html).toMatch(/<body[^>]*>[^]*<table[^>]*lang="ar" dir="rtl"/);
    expect(html.match(/<table align="right"/g)!.length).toBeGreaterThanOrEqual(3);
    expect(html).not.toMatch(/align[:=]"?left/);
    expect(subject).toContain('\u2068#1001\u2069');
    expect(html).toContain('\u2068Moss &amp; Fern\u2069');
  });

  it('keeps a code as it is typed, also from right to left', () => {
    const { html } = renderMessage('acknowledgement', { ...complaint, locale: 'ar' });
    expect(html).toMatch(/<p class="code" dir="ltr"[^>]*>SORRY-7F3K/);
  });

  it('keeps whatever a shopper or merchant typed as text, never as markup', () => {
    const nasty = fc.oneof(
      fc.constantFrom(
        '<script>x</script>',
        '"><img src=x onerror=y>',
        "' onmouseover='z",
        '&lt;b&gt;',
        '{brand}',
      ),
      fc.string({ minLength: 1, unit: 'binary' }).filter((text) => /\S/.test(text)),
    );
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, product, brandColour) => {
        const input = { ...invitation, brandName: name, firstName: name, productTitle: product, brandColour };
        const evil = renderMessage('survey_invitation', input).html;
        expect(shape(evil)).toEqual(shape(renderMessage('survey_invitation', invitation).html));
      }),
      { numRuns: 200 },
    );
  });
});
