import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { tagOf } from './message/name-addr.ts';
import { SipParseError } from './message/parse-error.ts';
import { parseMessage } from './message/parse-message.ts';
import { serializeMessage } from './message/serialize-message.ts';
import { validateMessage } from './message/validate-message.ts';
import { MemoryNetwork } from './testing/memory-network.ts';
import { mutate } from './testing/mutate.ts';
import { tortureBytes, tortureMessages } from './testing/torture.ts';

const SEED = 3261;

/** Every message of a call in both directions, and the torture corpus where it is there. */
function corpus(): Uint8Array[] {
  const bytes: Uint8Array[] = [];
  const network = new MemoryNetwork();
  network.lose = (_line, datagram) => bytes.push(datagram) < 0;
  const [alice, bob] = [network.stack(5070), network.stack(5060)];
  bob.handle({
    invite(call) {
      call.provisional(180);
      call.answer({ body: 'v=0\r\n' });
    },
  });
  const call = alice.call({ uri: 'sip:bob@127.0.0.1:5060', headers: [['Subject', 'fuzz']], body: 'v=0\r\n' });
  network.clock.advance(100);
  void call.send('INVITE', { body: 'v=0\r\n' });
  network.clock.advance(100);
  call.hangup();
  alice.call({ uri: 'sip:bob@127.0.0.1:5060', headers: [] });
  network.clock.advance(100);
  return [...bytes, ...tortureMessages().map(tortureBytes)];
}

describe(`bytes that nobody should send (seed ${SEED})`, () => {
  it('never make the parser throw anything but SipParseError', () => {
    const random = new Random(SEED);
    const samples = corpus();
    let read = 0;
    for (let round = 0; round < 20_000; round++) {
      const bytes = mutate(random, random.pick(samples), samples);
      try {
        const message = parseMessage(bytes);
        validateMessage(message);
        tagOf(message.headers.get('From'));
        serializeMessage(message);
        read++;
      } catch (error) {
        if (!(error instanceof SipParseError))
          throw new Error(`round ${round}: ${JSON.stringify(bytes.toString('latin1'))}`, { cause: error });
      }
    }
    expect(read).toBeGreaterThan(10_000);
  });

  it('never throw out of a stack, stop it, or stay in it', () => {
    const random = new Random(SEED);
    const samples = corpus();
    const network = new MemoryNetwork();
    const bugs: string[] = [];
    const stack = network.stack(5060, { onProblem: ({ problem }) => (problem.includes('\n    at ') ? bugs.push(problem) : 0) });
    stack.handle({
      invite(call) {
        if (random.next() < 0.5) call.provisional(180);
        if (random.next() < 0.7) call.answer({ body: 'v=0\r\n' });
      },
    });
    for (let round = 0; round < 10_000; round++) {
      stack.receive(mutate(random, random.pick(samples), samples), { host: '127.0.0.1', port: 5070 });
      if (round % 50 === 0) network.clock.advance(100);
    }
    expect(bugs).toEqual([]);
    // Some get through as calls: 9 of them where the torture corpus is not there.
    expect(stack.counters.callsIn).toBeGreaterThan(5);
    network.clock.advance(700_000);
    expect(stack.counters).toMatchObject({ calls: 0, serverTransactions: 0, clientTransactions: 0 });
    const before = stack.counters.sent;
    const options = samples.find((bytes) =>
      Buffer.from(bytes).toString('latin1').startsWith('INVITE sip:bob@127.0.0.1:5060'),
    ) as Uint8Array;
    stack.receive(options, { host: '127.0.0.1', port: 5070 });
    expect(stack.counters.sent).toBeGreaterThan(before);
  });
});
