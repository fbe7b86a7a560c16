import { Card, FormLayout, Layout, Text } from '@shopify/polaris';
import { formatMoney } from '../domain/core/money.ts';
import type { SystemView } from '../infra/db/reads/views.ts';
import { HORIZON_DAYS } from '../domain/shop-settings/horizon-days.ts';
import { DaysSetting, NumberSetting, SwitchSetting, TextSetting } from './settings-fields.tsx';
import type { SettingsForm } from './use-settings-form.ts';

interface PolicyProps {
  form: SettingsForm;
  budget: SystemView['budget'];
  currency: string;
}

/** Cases, compensation, loyalty, referral and the margin behind value at risk. */
export function PolicySettings({ form, budget, currency }: PolicyProps) {
  const compensating = form.value('compensation.enabled') === true;
  const caring = form.value('proactiveCare.enabled') === true;
  const loyal = form.value('loyalty.enabled') === true;
  return (
    <Layout>
      <Layout.AnnotatedSection
        title="Cases"
        description="How fast a person answers an unhappy customer, and whether one looks after orders before anybody complains."
      >
        <Card>
          <FormLayout>
            <NumberSetting
              form={form}
              path="cases.detractorTargetHours"
              suffix="hours"
              help="The apology promises this time to the customer."
            />
            <SwitchSetting
              form={form}
              path="proactiveCare.enabled"
              help="By predictions that passed their back-test in your shop. Your team gets in touch; the customer is sent nothing."
            />
            <NumberSetting
              form={form}
              path="proactiveCare.leastChance"
              scale={100}
              suffix="%"
              help="From 10% to 90%, and only above the usual share of low ratings. The page Predictions says how often tested orders from there on were rated low."
              disabled={!caring}
            />
            <NumberSetting
              form={form}
              path="proactiveCare.casesPerDay"
              suffix="cases"
              help="The likeliest first; an order once, a customer once in 30 days."
              disabled={!caring}
            />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Compensation"
        description="A single-use code for a bad experience, within a monthly budget."
      >
        <Card>
          <FormLayout>
            <SwitchSetting form={form} path="compensation.enabled" />
            <FormLayout.Group condensed title="Share of the order, by severity">
              {[0, 1, 2].map((index) => (
                <NumberSetting
                  key={index}
                  form={form}
                  path={`compensation.percentBySeverity.${index}`}
                  suffix="%"
                  disabled={!compensating}
                />
              ))}
            </FormLayout.Group>
            <FormLayout.Group condensed>
              <NumberSetting
                form={form}
                path="compensation.maxUnits"
                suffix={currency}
                disabled={!compensating}
              />
              <NumberSetting
                form={form}
                path="compensation.budgetPercent"
                suffix="%"
                help="Of last month's revenue."
                disabled={!compensating}
              />
            </FormLayout.Group>
            <FormLayout.Group condensed>
              <NumberSetting
                form={form}
                path="compensation.cooldownDays"
                suffix="days"
                disabled={!compensating}
              />
              <NumberSetting
                form={form}
                path="compensation.codeValidDays"
                suffix="days"
                disabled={!compensating}
              />
            </FormLayout.Group>
            <Text as="p" tone="subdued">
              {budget
                ? `Budget ${budget.period}: ${formatMoney(budget.usedMinor, currency)} of ${formatMoney(budget.limitMinor, currency)} used.`
                : "Nothing of this month's budget is used yet."}
            </Text>
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Loyalty"
        description="One point per whole unit of money spent on items. Points count once the return window has closed."
      >
        <Card>
          <FormLayout>
            <SwitchSetting form={form} path="loyalty.enabled" />
            <FormLayout.Group condensed>
              <NumberSetting
                form={form}
                path="loyalty.regularAt"
                suffix="purchases"
                disabled={!loyal}
                help="In 12 months."
              />
              <NumberSetting
                form={form}
                path="loyalty.vipAt"
                suffix="purchases"
                disabled={!loyal}
                help="In 12 months."
              />
            </FormLayout.Group>
            <NumberSetting form={form} path="returnWindowDays" suffix="days" />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Referral"
        description="Customers who would recommend you get a code to share."
      >
        <Card>
          <FormLayout>
            <SwitchSetting form={form} path="referral.enabled" />
            <NumberSetting
              form={form}
              path="referral.percent"
              suffix="%"
              disabled={form.value('referral.enabled') !== true}
            />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Predictions"
        description="How far ahead orders are predicted: the chance of no order is one of none in these days."
      >
        <Card>
          <FormLayout>
            <DaysSetting
              form={form}
              path="predictionHorizonDays"
              days={HORIZON_DAYS}
              words={(count) => `${count} days`}
              help="Another number has the model fitted and tested anew at once. Until it is through, what is predicted still says for how many days it is. The fewer days, the more customers count as at high risk."
            />
            <TextSetting
              form={form}
              path="staffEmailDomains"
              placeholder="yourshop.com"
              help="With commas between them. Orders of customers with such an address are left out when the model of orders learns and is tested, from the next fit on. Only domains of your own: everybody with such an address counts as staff."
            />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
      <Layout.AnnotatedSection
        title="Value at risk"
        description="What share of revenue you keep; it turns revenue into the value at risk."
      >
        <Card>
          <FormLayout>
            <NumberSetting form={form} path="marginShare" scale={100} suffix="%" />
          </FormLayout>
        </Card>
      </Layout.AnnotatedSection>
    </Layout>
  );
}
