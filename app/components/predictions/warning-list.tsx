import type { WarningReport } from '../../domain/prediction/warning-indicators.ts';
import { formatPercent } from '../format.ts';
import { gradeText, indicatorFacts, WARNING_LABELS } from './forecast-words.ts';

/** The indicators that explain, each as a bar with its facts; what is not known is named. */
export function WarningList({ report: { indicators, coverage } }: { report: WarningReport }) {
  const known = indicators.filter(({ grade }) => grade !== null);
  const unknown = indicators.filter(({ grade }) => grade === null);
  if (known.length === 0)
    return (
      <p className="ac-warnings__note">Not enough data: no answers, visits, cases or orders are known.</p>
    );
  return (
    <>
      <ul className="ac-warnings" aria-label="Warning indicators">
        {known.map((indicator) => (
          <li key={indicator.key}>
            <span>
              {WARNING_LABELS[indicator.key]}{' '}
              <span className="ac-reason__value">{`weight ${indicator.weight}%`}</span>
            </span>
            <span>{gradeText(indicator.grade!)}</span>
            <span className="ac-warnings__track" aria-hidden="true">
              <span style={{ width: formatPercent(indicator.grade!) }} />
            </span>
            <span className="ac-warnings__note">{indicatorFacts(indicator)}</span>
          </li>
        ))}
      </ul>
      <p className="ac-warnings__note">
        {`${formatPercent(coverage)} of what is looked at is known`}
        {unknown.length > 0 &&
          `; not known: ${unknown.map(({ key }) => WARNING_LABELS[key].toLowerCase()).join(', ')}`}
        .
      </p>
    </>
  );
}
