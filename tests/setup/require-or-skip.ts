/**
 * What a test needs from outside (a Redis server, real data) and may be absent on a
 * developer's machine. Skipping is always said; in CI what is listed must be there.
 */

const said = new Set<string>();

/**
 * The value of an environment variable that a test needs, or undefined after printing a
 * line that says what is skipped and how to run it:
 *
 *     const redisUrl = requireOrSkip('REDIS_URL', 'REDIS_URL=redis://127.0.0.1:6379 npm test');
 *     describe.skipIf(!redisUrl)('queue on Redis', …)
 *
 * @param howToRun a command, shown in the line.
 * @throws Error when CI=true and CI_REQUIRE (names separated by commas) lists the variable.
 */
export function requireOrSkip(
  name: string,
  howToRun: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
  print: (line: string) => void = (line) => console.warn(line),
): string | undefined {
  const value = env[name]?.trim();
  if (value) return value;
  const required = (env.CI_REQUIRE ?? '').split(',').map((part) => part.trim());
  if (env.CI === 'true' && required.includes(name)) {
    throw new Error(`${name} is not set, but CI_REQUIRE says that its tests must run here. Run: ${howToRun}`);
  }
  const line = `SKIPPED: tests that need ${name}. To run them: ${howToRun}`;
  if (!said.has(line)) print(line);
  said.add(line);
  return undefined;
}
