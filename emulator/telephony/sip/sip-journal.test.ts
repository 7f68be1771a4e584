import { expect, it } from 'vitest';
import { createCore } from '../../core/core.ts';
import { SteerableClock } from '../../core/steerable-clock.ts';
import { createSipJournal, type SipMessageData } from './sip-journal.ts';
import { MemoryNetwork } from './testing/memory-network.ts';

it('puts both directions of both kinds of dialog on the timeline', () => {
  const core = createCore({ seed: 1, clock: new SteerableClock() });
  core.redactor.add('sekret-token');
  const journal = createSipJournal(core);
  const network = new MemoryNetwork();
  const ours = network.stack(5060, { onMessage: journal.tap, onProblem: journal.problem });
  const bridge = network.stack(5070);
  for (const stack of [ours, bridge]) stack.handle({ invite: (call) => call.answer() });
  const trunk = ours.call({ uri: 'sip:+14155550199@127.0.0.1:5070', headers: [['X-Auth', 'sekret-token']] });
  network.clock.advance(50);
  const transfer = bridge.call({ uri: 'sip:line@127.0.0.1:5060', headers: [] });
  network.clock.advance(50);
  for (const call of [trunk, transfer]) call.hangup();
  network.peer(5099).send(5060, 'nonsense');
  network.clock.advance(50);

  const entries = core.journal.read({ kind: 'sip.message' });
  const line = (index: number) => `${entries[index]?.from}>${entries[index]?.to} ${entries[index]?.label}`;
  expect(entries.map((_, index) => line(index))).toEqual([
    'trunk>bridge INVITE sip:+14155550199@127.0.0.1:5070',
    'bridge>trunk 200 OK (INVITE)',
    'trunk>bridge ACK sip:+14155550199@127.0.0.1:5070',
    'bridge>talk INVITE sip:line@127.0.0.1:5060',
    'talk>bridge 200 OK (INVITE)',
    'bridge>talk ACK sip:line@127.0.0.1:5060',
    'trunk>bridge BYE sip:+14155550199@127.0.0.1:5070',
    'bridge>talk BYE sip:line@127.0.0.1:5060',
    'talk>bridge 200 OK (BYE)',
    'bridge>trunk 200 OK (BYE)',
  ]);
  expect(entries[0]?.thread).toBe(`call-id:${trunk.id}`);
  const first = entries[0]?.data as SipMessageData;
  expect(first).toMatchObject({ direction: 'out', protocol: 'udp', local: '127.0.0.1:5060', remote: '127.0.0.1:5070', method: 'INVITE' });
  expect(first).toMatchObject({ cseqMethod: 'INVITE', callId: trunk.id, retransmission: false });
  expect(first.raw).toContain('X-Auth: [REDACTED]\r\n');
  expect(entries[1]?.data).toMatchObject({ direction: 'in', status: 200 });
  expect(core.journal.read({ kind: 'sip.problem' })).toMatchObject([
    { label: 'not a SIP start line: "nonsense"', data: { remote: '127.0.0.1:5099' } },
  ]);
  core.close();
});
