/** One line on standard error and exit code 1; the stack only when `RINGBACK_DEBUG` is set. */
export function failed(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  process.stderr.write(`ringback: ${message}\n`);
  if (process.env['RINGBACK_DEBUG'] && stack) process.stderr.write(`${stack}\n`);
  process.exitCode = 1;
}
