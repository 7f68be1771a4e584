import { describe, expect, it } from 'vitest';
import { completionOf } from './end.ts';
import { nobodyAnswers } from './give-up.ts';
import { freshPhoneLine } from '../lines/apply.ts';
import { CALL_TRANSITIONS, nextCallState, type TalkCallState } from './states.ts';

const STATES = Object.keys(CALL_TRANSITIONS) as TalkCallState[];

describe('states of a call', () => {
  it('name both states of a step that is not in the table', () => {
    expect(() => nextCallState(7, 'talking', 'queued')).toThrow('Talk call 7 is talking and cannot become queued; possible now: ended');
    expect(() => nextCallState(7, 'ended', 'queued')).toThrow('possible now: nothing, it is over');
  });

  it('can all end, and only once', () => {
    for (const state of STATES) expect(CALL_TRANSITIONS[state].includes('ended')).toBe(state !== 'ended');
  });
});

describe('completion of a call (zendesk-talk §4.4, §8.1)', () => {
  it.each([
    ['talking', 'caller', false, 'completed'],
    ['overflowed', 'callee', false, 'completed'],
    ['voicemail', 'caller', false, 'abandoned_in_voicemail'],
    ['voicemail', 'caller', true, 'completed'],
    ['queued', 'caller', false, 'abandoned_in_queue'],
    ['overflowing', 'caller', false, 'abandoned_in_queue'],
    ['refusing', 'talk', false, 'completed'],
    ['queued', 'network', false, 'failed'],
  ] as const)('%s, ended by %s (recording: %s): %s', (state, by, recording, completion) => {
    expect(completionOf(state, by, recording)).toBe(completion);
  });
});

describe('when nobody answers', () => {
  const line = { ...freshPhoneLine(1, '+14155550150'), voicemail: false };
  const overflow = { inside: '+14155550199', outside: '+14155550198' };

  it.each([
    ['voicemail wins over overflow', { voicemail: true, overflow }, 'no_agents', { next: 'voicemail' }],
    ['overflow inside the schedule', { overflow }, 'max_wait', { next: 'overflow', to: '+14155550199' }],
    ['overflow outside of it', { overflow }, 'outside_business_hours', { next: 'overflow', to: '+14155550198' }],
    ['neither', {}, 'queue_full', { next: 'refuse' }],
  ] as const)('%s', (_name, settings, reason, answer) => {
    expect(nobodyAnswers({ ...line, ...settings }, reason)).toEqual(answer);
  });
});
