/** What a scripted caller may wait for. */
export type ScriptGoal = 'ringing' | 'answered' | 'ended' | { readonly hears: string };

/** One thing that a scripted caller does. Times in milliseconds. */
export type ScriptStep =
  | { readonly pause: number }
  | { readonly await: ScriptGoal; readonly withinMs?: number }
  | { readonly press: string }
  | { readonly hangUp: true };

/** What a caller does and when: steps, taken one after the other. */
export type CallScript = readonly ScriptStep[];

export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

const MAX_STEPS = 1000;
const MAX_MS = 3_600_000;
const KEYS = /^[0-9A-D*#]{1,64}$/;
const STATES = ['ringing', 'answered', 'ended'];

/**
 * Checks a script that came from outside; the same rules as the control plane's `script.schema.json`.
 * @throws ScriptError naming the step and what is wrong with it.
 */
export function parseScript(value: unknown): CallScript {
  if (!Array.isArray(value)) throw new ScriptError(`a script is a list of steps, not ${describe(value)}`);
  if (value.length > MAX_STEPS) throw new ScriptError(`a script has at most ${MAX_STEPS} steps, this one has ${value.length}`);
  return value.map((step, index) => parseStep(step, `script step ${index + 1}`));
}

function parseStep(step: unknown, where: string): ScriptStep {
  if (!isObject(step)) throw new ScriptError(`${where} is ${describe(step)}, expected an object such as {"press":"0"}`);
  const extra = (...known: string[]): string | undefined => Object.keys(step).find((key) => !known.includes(key));
  const only = (...known: string[]): void => {
    const unknown = extra(...known);
    if (unknown !== undefined) throw new ScriptError(`${where} has the property "${unknown}", expected only ${known.join(' and ')}`);
  };
  if ('pause' in step) {
    only('pause');
    return { pause: milliseconds(step['pause'], 0, `${where}: pause`) };
  }
  if ('press' in step) {
    only('press');
    const keys = step['press'];
    if (typeof keys === 'string' && KEYS.test(keys)) return { press: keys };
    throw new ScriptError(`${where}: press is ${describe(keys)}, expected 1 to 64 of 0-9, *, #, A-D`);
  }
  if ('hangUp' in step) {
    only('hangUp');
    if (step['hangUp'] === true) return { hangUp: true };
    throw new ScriptError(`${where}: hangUp is ${describe(step['hangUp'])}, expected true`);
  }
  if ('await' in step) {
    only('await', 'withinMs');
    const goal = parseGoal(step['await'], where);
    return step['withinMs'] === undefined
      ? { await: goal }
      : { await: goal, withinMs: milliseconds(step['withinMs'], 1, `${where}: withinMs`) };
  }
  throw new ScriptError(`${where} is ${describe(step)}, expected one of pause, await, press, hangUp`);
}

function parseGoal(goal: unknown, where: string): ScriptGoal {
  if (typeof goal === 'string' && STATES.includes(goal)) return goal as ScriptGoal;
  if (isObject(goal) && Object.keys(goal).length === 1) {
    const hears = goal['hears'];
    if (typeof hears === 'string' && hears !== '') return { hears };
  }
  throw new ScriptError(`${where}: await is ${describe(goal)}, expected ringing, answered, ended or {"hears":"agent"}`);
}

function milliseconds(value: unknown, least: number, what: string): number {
  if (Number.isInteger(value) && (value as number) >= least && (value as number) <= MAX_MS) return value as number;
  throw new ScriptError(`${what} is ${describe(value)}, expected whole milliseconds from ${least} to ${MAX_MS}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
