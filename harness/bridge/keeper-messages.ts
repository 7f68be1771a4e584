/** What the harness tells the keeper of a command. */
export type ToKeeper =
  { start: { file: string; args: string[]; shell: boolean; cwd: string; env: Record<string, string>; graceMs: number } } | { stop: true };

/** What the keeper tells the harness. */
export type FromKeeper =
  { started: { pid: number } } | { failed: { message: string } } | { ended: { code: number | null; signal: NodeJS.Signals | null } };
