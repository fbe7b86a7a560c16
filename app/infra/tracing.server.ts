import { SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

/**
 * Runs `work` inside a span. Without a registered OpenTelemetry SDK this costs next to
 * nothing. Attributes are ids and names, never personal data; of an error only its name
 * and code are recorded, since messages may quote input.
 */
export async function withSpan<Result>(
  name: string,
  attributes: Attributes,
  work: () => Promise<Result>,
): Promise<Result> {
  return trace.getTracer('aftercare').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work();
    } catch (error) {
      const type = error instanceof Error ? error.name : 'unknown';
      const code = error instanceof Error && 'code' in error ? String(error.code) : type;
      span.setAttribute('error.type', code);
      span.setStatus({ code: SpanStatusCode.ERROR, message: type });
      throw error;
    } finally {
      span.end();
    }
  });
}
