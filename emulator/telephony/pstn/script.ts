/** What a scripted caller may wait for. */
export type ScriptGoal = 'ringing' | 'answered' | 'ended' | { readonly hears: string };

/** One thing that a scripted caller does. Times in milliseconds. */
export type ScriptStep =
  | { readonly pause: number }
  | { readonly await: ScriptGoal; readonly withinMs?: number }
  | { readonly press: string }
  | { readonly hangUp: true };

/** What a caller does and when: steps, taken one after the other. What comes from outside is held to `script.schema.json`. */
export type CallScript = readonly ScriptStep[];
