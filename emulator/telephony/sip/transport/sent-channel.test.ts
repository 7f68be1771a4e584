import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { expect, onTestFinished, test } from 'vitest';
import { realClock } from '../../../core/clock.ts';
import { createGuard } from '../guard.ts';
import { parseMessage } from '../message/parse-message.ts';
import { SENT_CHANNEL, type SentDatagram } from './sent-channel.ts';
import type { Impairment } from './traffic.ts';
import { Wire } from './wire.ts';

const local = { host: '127.0.0.1', port: 5060 };
const passage = { remote: { host: '127.0.0.1', port: 5070 }, initiator: 'local' } as const;
const message = parseMessage(
  Buffer.from(
    'OPTIONS sip:a@127.0.0.1:5070 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1\r\nFrom: <sip:b@127.0.0.1>;tag=1\r\n' +
      'To: <sip:a@127.0.0.1>\r\nCall-ID: c\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n',
  ),
);
const options = { clock: realClock, local, guard: createGuard(() => undefined) };

/** What is published while the test runs, as text and mark. */
function published(): [text: string, deliberate: boolean][] {
  const seen: [string, boolean][] = [];
  const collect = (datagram: unknown): void => {
    const { bytes, deliberate } = datagram as SentDatagram;
    seen.push([Buffer.from(bytes).toString().split(' ')[0] ?? '', deliberate]);
  };
  subscribe(SENT_CHANNEL, collect);
  onTestFinished(() => void unsubscribe(SENT_CHANNEL, collect));
  return seen;
}

test('messages, repeated ones too, are published; bytes put on the wire as given are marked', () => {
  const seen = published();
  const wire = new Wire(options);
  wire.resend(wire.send(message, passage), passage);
  wire.sendRaw(Buffer.from('anything at all'), passage.remote);
  expect(seen).toEqual([
    ['OPTIONS', false],
    ['OPTIONS', false],
    ['anything', true],
  ]);
});

test('what the network does is published as it leaves: dropped not, doubled twice, replaced with a mark', () => {
  const seen = published();
  const verdicts: Impairment[] = ['drop', 'duplicate', { bytes: Buffer.from('noise instead') }];
  const wire = new Wire({ ...options, impair: () => verdicts.shift() ?? 'pass' });
  for (let sent = 0; sent < 3; sent++) wire.send(message, passage);
  expect(seen).toEqual([
    ['OPTIONS', false],
    ['OPTIONS', false],
    ['noise', true],
  ]);
});
