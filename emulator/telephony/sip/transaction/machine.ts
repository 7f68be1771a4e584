/** What an event does in a state: where it leads and what is done on the way, in order. */
export interface Transition<State extends string, Action extends string> {
  readonly to: State;
  readonly actions: readonly Action[];
}

/** A state machine as data. An event that a state does not list must not happen in it. */
export interface Machine<State extends string, Event extends string, Action extends string> {
  readonly name: string;
  readonly table: Readonly<Record<State, Readonly<Partial<Record<Event, Transition<State, Action>>>>>>;
}

export class IllegalTransition extends Error {
  override readonly name = 'IllegalTransition';
}

/** @throws IllegalTransition naming the machine, the state and the event. */
export function step<State extends string, Event extends string, Action extends string>(
  machine: Machine<State, Event, Action>,
  state: State,
  event: Event,
): Transition<State, Action> {
  const transition = machine.table[state][event];
  if (transition) return transition;
  const expected = Object.keys(machine.table[state]).join(', ') || 'nothing';
  throw new IllegalTransition(`${machine.name}: '${event}' cannot happen in state '${state}' (expected: ${expected})`);
}

/** A row of a table: the state to go to and what is done. */
export function to<State extends string, Action extends string = never>(state: State, ...actions: Action[]): Transition<State, Action> {
  return { to: state, actions };
}
