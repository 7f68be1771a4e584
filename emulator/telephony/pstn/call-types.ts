import type { JourneyId } from '../../core/ids.ts';
import type { AudioPort } from '../media/index.ts';
import type { CarrierProfile } from './carriers/carrier-profile.ts';
import type { PstnCause } from './causes.ts';
import type { Presentation } from './presentation.ts';

export interface DialOptions {
  readonly account: string;
  readonly journey: JourneyId;
  readonly from: Presentation;
  /** The number dialled, exactly as subscribers attach it (E.164). */
  readonly to: string;
  readonly carrier: CarrierProfile;
  /** What the dialling party says and hears. */
  readonly audio: AudioPort;
  /** How long the called party may take to answer, from being offered the call. */
  readonly ringTimeoutMs?: number;
  readonly postDialDelayMs?: number;
}

/** What both sides of a call know of it. */
export interface CallSetup extends DialOptions {
  readonly id: string;
}

/** How a call ended. */
export interface PstnEnd {
  readonly by: 'caller' | 'callee' | 'network';
  readonly cause: PstnCause;
  /** The final response behind it, when a SIP hop refused the call. */
  readonly sipStatus?: number;
}

/** The keys of a telephone, as RFC 4733 knows them. */
const DIGITS = /^[0-9A-D*#]+$/;

/** @throws Error when there is anything else than keys of a telephone. */
export function requireDigits(digits: string): string {
  if (DIGITS.test(digits)) return digits;
  throw new Error(`"${digits}" cannot be pressed on a telephone; the keys are 0-9, *, #, A-D`);
}
