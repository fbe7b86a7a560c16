import { TextField } from '@shopify/polaris';

/** A whole number; empty stands for none. */
export function NumberInput(props: {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  help?: string;
  suffix?: string;
  error?: string | undefined;
  labelHidden?: boolean;
}) {
  const { label, value, onChange, help, suffix, error, labelHidden } = props;
  return (
    <TextField
      type="number"
      label={label}
      labelHidden={labelHidden}
      helpText={help}
      suffix={suffix}
      autoComplete="off"
      value={value === undefined || Number.isNaN(value) ? '' : String(value)}
      error={error}
      onChange={(text) => onChange(text.trim() === '' ? undefined : Number(text))}
    />
  );
}
