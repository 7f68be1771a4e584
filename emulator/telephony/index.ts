/** `ringback/sip`: the SIP stack and the media engine, for whoever builds a bridge or a peer on them. */
export { type Clock, realClock, type Timer } from '../core/clock.ts';
export { anySeed, Random } from '../core/random.ts';
export * from './sip/index.ts';
export * from './media/index.ts';
