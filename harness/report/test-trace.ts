import { anEntry, aView, JOURNEY } from '../scenario/test-control.ts';
import type { ScenarioResult } from './result.ts';
import type { Trace } from './trace.ts';

/** One call with a bit of everything, and an entry of no journey. */
export function aTrace(): Trace {
  const entries = [
    anEntry({ kind: 'call.dialled', from: 'caller', to: 'talk', label: '+14155550100 dials +14155550150' }),
    anEntry({ kind: 'ticket.created', from: 'zendesk', to: 'zendesk', label: 'ticket 1 created', data: { ticket: { id: 1 } } }),
    anEntry({
      kind: 'sip.message',
      from: 'trunk',
      to: 'bridge',
      label: 'INVITE sip:+14155550199@127.0.0.1',
      data: {
        direction: 'out',
        local: '127.0.0.1:1',
        remote: '127.0.0.1:2',
        method: 'INVITE',
        raw: 'INVITE sip:x SIP/2.0\r\nFrom: "<b>Eve</b>" <sip:e@h>\r\n\r\n',
      },
    }),
    anEntry({ kind: 'sip.message', from: 'bridge', to: 'trunk', label: '100 Trying (INVITE)', data: { direction: 'in', status: 100 } }),
    anEntry({ kind: 'sip.message', from: 'bridge', to: 'trunk', label: '486 Busy Here (INVITE)', data: { direction: 'in', status: 486 } }),
    anEntry({
      kind: 'webhook.attempt',
      from: 'zendesk',
      to: 'bridge',
      label: 'x',
      data: { event: 'zen:event-type:ticket.created', status: 500 },
    }),
    anEntry({
      kind: 'http.exchange',
      from: 'bridge',
      to: 'zendesk',
      data: {
        method: 'GET',
        path: '/api/v2/users/search',
        query: 'query=a%20b',
        status: 200,
        durationMs: 1.26,
        request: { headers: { a: 'b' }, body: null },
        response: { headers: {}, body: '{"users":[]}' },
      },
    }),
    anEntry({
      kind: 'http.exchange',
      from: 'ringback',
      to: 'zendesk',
      data: { method: 'GET', path: '/mine', status: 200 },
    }),
    anEntry({ kind: 'fault.applied', label: 'drop: ticket.created' }),
    anEntry({
      kind: 'sip.message',
      journey: null,
      from: 'talk',
      to: 'bridge',
      label: '403 Forbidden (INVITE)',
      data: { direction: 'out', status: 403 },
    }),
  ];
  const expectations = [
    { text: 'the call to be <answered>', outcome: 'missed' as const, seen: ['it was busy'], seq: entries[2]?.seq ?? 0 },
  ];
  return { account: 'acme', journeys: [aView({ id: JOURNEY, ticket: 1, tickets: [1], state: 'finished' })], entries, expectations };
}

export const aResult = (changes: Partial<ScenarioResult> = {}): ScenarioResult => ({
  name: 'a call',
  suites: [],
  file: 'scenarios/a.scenario.ts',
  state: 'passed',
  durationMs: 1234,
  errors: [],
  ...changes,
});
