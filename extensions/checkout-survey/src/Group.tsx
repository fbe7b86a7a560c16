import type { ComponentChildren } from 'preact';

/** Several controls that answer one question, under its name. */
export function Group({
  label,
  error,
  children,
}: {
  label: string;
  error?: string | undefined;
  children: ComponentChildren;
}) {
  return (
    <s-stack gap="small" accessibilityRole="section" accessibilityLabel={label}>
      {children}
      {error !== undefined && (
        <s-stack accessibilityRole="alert">
          <s-text tone="critical">{error}</s-text>
        </s-stack>
      )}
    </s-stack>
  );
}
