import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SENT_CHANNEL } from '../../emulator/telephony/sip/transport/sent-channel.ts';
import { disagreements } from './second-opinion.ts';
import { sentByChildren } from './sent-by-children.ts';

/** Lets a program of its own publish what a stack would when it sends these texts. */
function send(texts: readonly string[], { deliberate = false, env = {} } = {}): void {
  const program = `const sent = require('node:diagnostics_channel').channel(${JSON.stringify(SENT_CHANNEL)});
    for (const text of ${JSON.stringify(texts)}) sent.publish({ bytes: Buffer.from(text), deliberate: ${deliberate} });`;
  execFileSync(process.execPath, ['-e', program], { env: { ...process.env, ...env }, stdio: 'pipe' });
}

const unreadable = (callId: string): string => `OPTIONS sip:b@127.0.0.1 SIP/2.0\r\nCall-ID: ${callId}\r\nFrom: <sip:\r\n\r\n`;

test('what a program of its own sends is read too, a message a shape', () => {
  send([unreadable('one'), unreadable('other')]);
  const sent = sentByChildren();
  expect(sent).toEqual([unreadable('one')]);
  expect(disagreements(sent)).toHaveLength(1);
  expect(sentByChildren()).toEqual([]);
});

test('but for what it sends on purpose as it is', () => {
  send([unreadable('one')], { deliberate: true });
  expect(sentByChildren()).toEqual([]);
});

test('a program whose message cannot be written down any more goes on', () => {
  // As when the test clears away while the program still sends.
  const env = { RINGBACK_SENT_MESSAGES: join(process.execPath, 'no-folder') };
  expect(() => send([unreadable('one')], { env })).not.toThrow();
});
