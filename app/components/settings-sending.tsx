import { BlockStack, Card, ChoiceList, FormLayout, Layout, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { REMINDER_DAYS } from '../domain/shop-settings/reminder-days.ts';
import { DaysSetting, HourSetting, NumberSetting, SwitchSetting, TextSetting } from './settings-fields.tsx';
import { settingLabel } from './settings-labels.ts';
import type { SettingsForm } from './use-settings-form.ts';

/** Brand, sending and quiet hours, consent. */
export function SendingSettings({
  form,
  shopName,
  timeZone,
}: {
  form: SettingsForm;
  shopName: string;
  timeZone: string;
}) {
  return (
    <Layout>
      <Layout.AnnotatedSection title="Brand" description="How surveys and e-mails look to your customers.">
        <Card>
          <FormLayout>
            <TextSetting
              form={form}
              path="brandName"
              placeholder={shopName}
              help="Empty: the name of your shop."
            />
            <ColourSetting form={form} />
            <TextSetting
              form={form}
              path="replyTo"
              help="Where the customers' replies arrive. Empty: your shop's contact address."
            />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Sending"
        description={`Nobody is asked at night or too often. Times are the customer's own where known, else ${timeZone}.`}
      >
        <Card>
          <FormLayout>
            <HourSetting form={form} path="sendHour" />
            <SwitchSetting
              form={form}
              path="sendAtHabit"
              help="Where at least three orders and answers of the last 12 months lie around one hour of the day; everyone else at the hour above. The day stays the same."
            />
            <FormLayout.Group condensed>
              <HourSetting form={form} path="quietHours.startHour" />
              <HourSetting form={form} path="quietHours.endHour" />
            </FormLayout.Group>
            <FormLayout.Group condensed>
              <NumberSetting form={form} path="caps.surveyDays" suffix="days" />
              <NumberSetting form={form} path="caps.npsDays" suffix="days" />
            </FormLayout.Group>
            <FormLayout.Group condensed>
              <NumberSetting
                form={form}
                path="caps.perOrder"
                help="Delivery, product and return surveys count; support surveys and NPS do not."
              />
              <NumberSetting form={form} path="caps.maxDeferDays" suffix="days" />
            </FormLayout.Group>
            <FormLayout.Group condensed>
              <NumberSetting form={form} path="caps.marketingPer30Days" />
            </FormLayout.Group>
            <DaysSetting
              form={form}
              path="reminderDays"
              days={REMINDER_DAYS}
              none="Never"
              help="One reminder of each survey that was sent by e-mail, unless it was answered or anything speaks against it by then. It does not count as another survey."
            />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Consent"
        description="Some countries count a survey as marketing. There, only those who agreed are asked."
      >
        <Card>
          <BlockStack gap="400">
            <ChoiceList
              title={settingLabel('surveyConsent')}
              choices={[
                {
                  label: 'In strict countries only those who agreed to marketing',
                  value: 'subscribed_in_strict_countries',
                },
                { label: 'Everyone who did not unsubscribe', value: 'any' },
              ]}
              selected={[String(form.value('surveyConsent'))]}
              onChange={([value]) => form.set('surveyConsent', value)}
            />
            <CountriesSetting form={form} />
          </BlockStack>
        </Card>
      </Layout.AnnotatedSection>
    </Layout>
  );
}

function ColourSetting({ form }: { form: SettingsForm }) {
  const value = String(form.value('brandColor') ?? '');
  const valid = /^#[0-9a-fA-F]{6}$/.test(value);
  return (
    <TextField
      label={settingLabel('brandColor')}
      value={value}
      autoComplete="off"
      maxLength={7}
      onChange={(text) => form.set('brandColor', text)}
      error={valid ? form.error('brandColor') : 'Write a colour such as #1a6b54.'}
      prefix={
        <input
          type="color"
          className="ac-colour"
          aria-label="Pick a colour"
          value={valid ? value : '#1a6b54'}
          onChange={(event) => form.set('brandColor', event.target.value)}
        />
      }
    />
  );
}

function CountriesSetting({ form }: { form: SettingsForm }) {
  const stored = (form.value('strictConsentCountries') as string[]).join(', ');
  const [text, setText] = useState<string | null>(null);
  const errors = form.errors.filter((entry) => entry.field.startsWith('strictConsentCountries'));
  return (
    <TextField
      label={settingLabel('strictConsentCountries')}
      helpText="Two-letter codes with commas between them, such as DE, AT."
      value={form.dirty && text !== null ? text : stored}
      autoComplete="off"
      error={errors.length > 0 && 'Each country is a two-letter code such as DE.'}
      onChange={(next) => {
        setText(next);
        const codes = next.split(/[\s,;]+/).filter(Boolean);
        form.set('strictConsentCountries', [...new Set(codes.map((code) => code.toUpperCase()))]);
      }}
    />
  );
}
