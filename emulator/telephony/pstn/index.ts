/** The public telephone network: numbers, presentations, carriers, calls, scripted callers, and the legs of every journey. */
export type { PstnArrival } from './arrival.ts';
export type { CallState } from './call-states.ts';
export type { DialOptions, PstnEnd } from './call-types.ts';
export type { PstnCall } from './call.ts';
export type { CarrierContext, CarrierHeader, CarrierProfile, HeaderText } from './carriers/carrier-profile.ts';
export { carrierProfile, CARRIERS } from './carriers/carriers.ts';
export { CARRIER_IP, type CarrierIdentity, renderIdentity } from './carriers/render.ts';
export { causeOfReason, type PstnCause, reasonHeader } from './causes.ts';
export { dialCaller, type DialCallerOptions, type DialledCaller, type DialledCallFacts } from './dial-caller.ts';
export { type BridgeHearing, callerVoiceName, hearsBridge } from './hearing-goal.ts';
export { hasLiveLegs, isBridgeOn, type Leg, type LegDraft, type LegKind, type LegRecord, legsOf, type LegState, openLeg } from './legs.ts';
export { createPstn, type PstnNetwork, type PstnOptions, type Subscriber } from './network.ts';
export { nationalDigits, phoneLibrary } from './numbers.ts';
export {
  forwardedPresentation,
  isE164,
  type Presentation,
  presentationOf,
  type PresentedDiversion,
  requireE164,
  shownNumber,
} from './presentation.ts';
export type { CallScript, ScriptGoal, ScriptStep } from './script.ts';
export { ScriptedCaller, type ScriptProgress } from './scripted-caller.ts';
