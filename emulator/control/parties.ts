import type { JourneyId } from '../core/ids.ts';
import type { Journey } from '../core/journeys.ts';
import type { ScriptedCaller } from '../telephony/pstn/index.ts';
import { controlErrors } from './errors.ts';
import type { World } from './world.ts';

/** The callers whom the control plane made dial, as long as their calls live. */
export class Callers {
  readonly #callers = new Map<JourneyId, ScriptedCaller>();

  add(journey: JourneyId, caller: ScriptedCaller, call: { once(event: 'ended', listener: () => void): unknown }): void {
    this.#callers.set(journey, caller);
    call.once('ended', () => this.#callers.delete(journey));
  }

  of(journey: JourneyId): ScriptedCaller | undefined {
    return this.#callers.get(journey);
  }
}

/** The caller presses keys. @throws ControlError `wrong_state` when no answered call carries them. */
export function pressDigits(world: World, journey: Journey, digits: string): void {
  const call = callOf(world, journey);
  const caller = world.callers.of(journey.id);
  if (!call || !caller || call.state !== 'answered') {
    throw controlErrors.wrongState(
      `the caller of ${journey.id} cannot press ${digits}: ${call ? `the call is ${call.state}` : 'there is no live call'}`,
      'keys travel on an answered call only; wait until call.state is "answered"',
    );
  }
  caller.press(digits);
}

/** @throws ControlError `wrong_state` when that party is not on a call. */
export function hangUp(world: World, journey: Journey, party: 'caller' | 'agent'): void {
  if (party === 'caller') {
    const call = callOf(world, journey);
    if (!call) throw nobody(journey, 'caller');
    call.hangup();
    return;
  }
  const { workspace } = world.rooms;
  const agents = workspace.list(journey.account).filter((agent) => agent.call?.journey === journey.id && agent.activity === 'on_call');
  if (agents.length === 0) throw nobody(journey, 'agent');
  for (const agent of agents) workspace.hangup(journey.account, agent.id);
}

function callOf({ rooms }: World, journey: Journey) {
  return rooms.pstn
    .calls(journey.account)
    .find((call) => call.journey === journey.id && rooms.voices.list(journey.account).some((voice) => voice.port === call.audio));
}

function nobody(journey: Journey, party: string): Error {
  return controlErrors.wrongState(
    `no ${party} of ${journey.id} is on a call, so nobody can hang up`,
    `the journey is ${journey.state}; GET /control/journeys/${journey.id} shows its legs`,
  );
}
