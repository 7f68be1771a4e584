import { describe, expect, it } from 'vitest';
import { makesTicket, type TicketCircumstances, type TicketMoment } from './moments.ts';

const MOMENTS: readonly TicketMoment[] = [
  'queue_entry',
  'overflow_start',
  'overflow_answered',
  'agent_accepted',
  'voicemail_left',
  'overflow_ended',
  'abandoned',
];
const known: TicketCircumstances = {
  timing: 'queue_entry',
  omnichannel: true,
  unknownCaller: false,
  unknownCallerTicket: 'when_answered',
  abandonedTicket: false,
};
const moments = (about: Partial<TicketCircumstances>): TicketMoment[] =>
  MOMENTS.filter((moment) => makesTicket(moment, { ...known, ...about }));
const always: readonly TicketMoment[] = ['agent_accepted', 'voicemail_left', 'overflow_ended'];

describe('moments at which a call without a ticket gets one (zendesk-talk §9.1)', () => {
  it.each<[string, Partial<TicketCircumstances>, readonly TicketMoment[]]>([
    ['with omnichannel routing', {}, ['queue_entry', 'overflow_start', 'overflow_answered', ...always, 'abandoned']],
    ['at overflow start', { timing: 'overflow_start' }, ['overflow_start', 'overflow_answered', ...always, 'abandoned']],
    ['without omnichannel routing', { timing: 'call_end', omnichannel: false }, always],
    ['without, tickets for abandoned calls', { timing: 'call_end', omnichannel: false, abandonedTicket: true }, [...always, 'abandoned']],
    ['an unknown caller', { unknownCaller: true }, ['overflow_answered', ...always]],
    [
      'an unknown caller without omnichannel routing',
      { unknownCaller: true, timing: 'call_end', omnichannel: false, abandonedTicket: true },
      always,
    ],
    [
      'an unknown caller who is treated as others',
      { unknownCaller: true, unknownCallerTicket: 'as_others' },
      ['queue_entry', 'overflow_start', 'overflow_answered', ...always, 'abandoned'],
    ],
  ])('%s', (_name, about, expected) => {
    expect(moments(about).toSorted()).toEqual([...expected].toSorted());
  });
});
