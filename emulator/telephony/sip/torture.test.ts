import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { realClock } from '../../core/clock.ts';
import { Random } from '../../core/random.ts';
import { createSipStack } from './stack.ts';
import { matchesRule, tortureBytes, tortureFolder, type TortureMessage, tortureMessages } from './testing/torture.ts';
import type { SipStack } from './types.ts';

const WHY_SKIPPED = tortureFolder === undefined ? ' (skipped: no sip-torture folder; set RINGBACK_SHARED to the folder that holds it)' : '';

/**
 * The message as our peer would send it: the topmost Via names our socket, so that the answer comes back to it; everything else
 * stays byte for byte.
 */
function readdressed(bytes: Buffer, port: number): Buffer {
  const text = bytes.toString('latin1');
  const via = /^(v|via)([ \t]*:\s*SIP\s*\/\s*[\d.]+\s*\/\s*\w+\s+)([^;,\s]+(?:\s*:\s*\d+)?)/im;
  return Buffer.from(text.replace(via, `$1$2127.0.0.1:${port}`), 'latin1');
}

describe.skipIf(tortureFolder === undefined)(`RFC 4475 torture messages over UDP${WHY_SKIPPED}`, () => {
  let stack: SipStack;
  beforeAll(async () => {
    stack = await createSipStack({ clock: realClock, random: new Random(4475), udp: { host: '127.0.0.1', port: 0 } });
    stack.handle({ invite: (call) => call.reject(480) });
  });
  afterAll(() => stack.close());

  /** All answers to the bytes that came before the answer to an OPTIONS sent after them: silence is seen without waiting. */
  async function answersTo(message: TortureMessage): Promise<{ status: number; cseq: string }[]> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { port } = socket.address();
    const answers: { status: number; cseq: string }[] = [];
    const finished = new Promise<void>((done) => {
      socket.on('message', (bytes) => {
        const text = bytes.toString('latin1');
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1]);
        if (text.includes('after-the-torture')) return status === 200 ? done() : undefined;
        answers.push({ status, cseq: /^cseq\s*:\s*\d+\s+(\S+)/im.exec(text)?.[1] ?? '' });
      });
    });
    socket.send(readdressed(tortureBytes(message), port), stack.addresses.udp.port, '127.0.0.1');
    const probe = [
      `OPTIONS sip:127.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK-after-${message.name}`,
      'From: <sip:probe@127.0.0.1>;tag=1',
      'To: <sip:127.0.0.1>',
      `Call-ID: after-the-torture-${message.name}`,
      'CSeq: 1 OPTIONS',
      '',
      '',
    ];
    socket.send(probe.join('\r\n'), stack.addresses.udp.port, '127.0.0.1');
    await finished;
    socket.close();
    return answers;
  }

  it.each(tortureMessages().map((message) => [message.name, message] as const))('%s', async (_name, message) => {
    const answers = await answersTo(message);
    const finals = answers.filter((answer) => answer.status >= 200);
    const status = finals[0]?.status ?? answers[0]?.status ?? 'silence';
    const verdict = {
      got: status,
      expected: message.expected,
      isRight: message.ok.some((rule) => matchesRule(rule, status)),
      isForbidden: (message.forbid ?? []).some((rule) => matchesRule(rule, status)),
      answeredFor: message.only_cseq === undefined ? undefined : [...new Set(answers.map((answer) => answer.cseq))].join(),
    };
    expect(verdict).toMatchObject({ isRight: true, isForbidden: false, answeredFor: message.only_cseq });
  });
});
