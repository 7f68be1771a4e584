import type { Core } from '../../core/core.ts';
import type { Journey } from '../../core/journeys.ts';
import type { Voice, Voices } from '../media/index.ts';
import type { CallState } from './call-states.ts';
import type { PstnCall } from './call.ts';
import type { CarrierProfile } from './carriers/carrier-profile.ts';
import { carrierProfile } from './carriers/carriers.ts';
import { callerVoiceName } from './hearing-goal.ts';
import { isBridgeOn, openLeg } from './legs.ts';
import type { PstnNetwork } from './network.ts';
import { type Presentation, presentationOf } from './presentation.ts';
import type { CallScript } from './script.ts';
import { ScriptedCaller, type ScriptProgress } from './scripted-caller.ts';

export interface DialCallerOptions {
  readonly account: string;
  /** A number, or what the caller's network says of them. */
  readonly from: Parameters<typeof presentationOf>[0];
  /** E.164. */
  readonly to: string;
  /** Default `clean`. */
  readonly carrier?: string | CarrierProfile;
  /** Without one the caller stays on the line until somebody else ends the call. */
  readonly script?: CallScript;
  readonly ringTimeoutMs?: number;
  readonly postDialDelayMs?: number;
}

/** `journey.facts.call`: the caller's own call. */
export interface DialledCallFacts {
  from: string | null;
  to: string;
  carrier: string;
  state: Exclude<CallState, 'offered'>;
  endedBy: 'caller' | 'callee' | 'network' | null;
  cause: string | null;
  /** The tone that the caller speaks. */
  toneHz: number;
  /** Keys pressed so far. */
  digits: string;
  script: ScriptProgress;
}

export interface DialledCaller {
  readonly journey: Journey;
  readonly call: PstnCall;
  readonly caller: ScriptedCaller;
  readonly voice: Voice;
}

/**
 * A caller dials: opens the journey and its facts (`call`, `presentation.dialled`, the caller's leg), gives the caller a voice, and
 * runs the script. The journey is finished by whoever watches its legs.
 * @throws Error for a number that is no E.164, or an unknown carrier profile.
 */
export function dialCaller(rooms: { core: Core; pstn: PstnNetwork; voices: Voices }, o: DialCallerOptions): DialledCaller {
  const { core, pstn, voices } = rooms;
  const presentation = presentationOf(o.from);
  const carrier = typeof o.carrier === 'object' ? o.carrier : carrierProfile(o.carrier ?? 'clean');
  const voice = voices.create(o.account, callerVoiceName(presentation.number));
  const journey = core.journeys.open(o.account, 'dialled');
  if (presentation.number !== null) core.journeys.link(journey.id, `number:${presentation.number}`);
  journal(core, journey, presentation, o.to, carrier);
  const leg = openLeg(core, journey.id, { kind: 'caller', party: presentation.number ?? 'anonymous' });
  const call = pstn.dial({
    account: o.account,
    journey: journey.id,
    from: presentation,
    to: o.to,
    carrier,
    audio: voice.port,
    ...(o.ringTimeoutMs === undefined ? {} : { ringTimeoutMs: o.ringTimeoutMs }),
    ...(o.postDialDelayMs === undefined ? {} : { postDialDelayMs: o.postDialDelayMs }),
  });
  const facts: Omit<DialledCallFacts, 'script'> = {
    from: presentation.number,
    to: o.to,
    carrier: carrier.name,
    state: 'dialling',
    endedBy: null,
    cause: null,
    toneHz: voice.frequencyHz,
    digits: '',
  };
  call.on('ringing', () => {
    facts.state = 'ringing';
    leg.ring();
  });
  call.on('answered', () => {
    facts.state = 'answered';
    leg.answer();
  });
  call.on('ended', (end) => {
    Object.assign(facts, { state: 'ended', endedBy: end.by, cause: end.cause });
    leg.end(end.by, end.cause);
    voices.release(voice);
  });
  const caller = new ScriptedCaller({
    clock: core.clock,
    voices,
    call,
    voice,
    script: o.script ?? [],
    isBridgeOn: () => isBridgeOn(journey.facts),
    onPress(digits) {
      facts.digits += digits;
      const label = `caller presses ${digits}`;
      core.journal.append({
        kind: 'call.digits',
        from: 'caller',
        to: 'talk',
        account: o.account,
        journey: journey.id,
        label,
        data: { digits },
      });
    },
  });
  journey.facts['call'] = Object.assign(facts, { script: caller.progress }) satisfies DialledCallFacts;
  journey.facts['presentation'] = { dialled: presentation };
  void caller.finished.then((progress) => noteFailure(core, journey, progress));
  return { journey, call, caller, voice };
}

function journal(core: Core, journey: Journey, presentation: Presentation, to: string, carrier: CarrierProfile): void {
  const { number, withheld } = presentation;
  core.journal.append({
    kind: 'call.dialled',
    from: 'caller',
    to: 'talk',
    account: journey.account,
    journey: journey.id,
    label: `${number ?? 'anonymous'}${withheld ? ' (withheld)' : ''} dials ${to}`,
    data: { presentation, to, carrier: carrier.name },
  });
}

function noteFailure(core: Core, journey: Journey, progress: ScriptProgress): void {
  if (progress.state !== 'failed') return;
  core.journal.append({
    kind: 'note',
    from: 'caller',
    account: journey.account,
    journey: journey.id,
    label: `the caller's script failed at step ${progress.step}: ${progress.problem ?? ''}`,
    data: { ...progress },
  });
}
