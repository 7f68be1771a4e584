import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, expect } from 'vitest';
import { SENT_CHANNEL, type SentDatagram } from '../../emulator/telephony/sip/transport/sent-channel.ts';
import { ANY_COPY, DELIBERATE, RANDOM_DAMAGE } from './deliberate-messages.ts';
import { shapeOf } from './message-shape.ts';
import { listenToChildren, sentByChildren } from './sent-by-children.ts';

/**
 * Setup of every test file: what our stack sends in it is read by the parser of sip.js, too, so that a message does not
 * pass only because we misread it the way we miswrote it. Each shape is read once, after the tests; a file that sends no
 * SIP pays next to nothing.
 *
 * Read is every message that a stack of ours sends over UDP, of the emulator or the reference bridge, in the test's own process or in
 * a Node program that it starts (command line, scenarios with their bridge, peers). Not read are: bytes that a test or an
 * impairment puts on the wire as they are (`sendRaw`); headers on the list of deliberate-messages.ts, while the rest of their messages is;
 * requests that follow from random damage (`RANDOM_DAMAGE`), and most of the thousands of answers to it; what the packed package sends, which `test/package` starts on its own.
 */
const shapes = new Map<string, string>();

function keep(text: string): void {
  const shape = shapeOf(text);
  if (!shapes.has(shape)) shapes.set(shape, text);
}

function collect(message: unknown): void {
  const { bytes, deliberate } = message as SentDatagram;
  if (!deliberate) keep(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}

subscribe(SENT_CHANNEL, collect);
listenToChildren();

/** Damage makes thousands of shapes: some hundred of them, from all over. */
function someResponses(messages: readonly string[]): string[] {
  const responses = messages.filter((message) => message.startsWith('SIP/2.0 '));
  const stride = Math.ceil(responses.length / 400);
  return responses.filter((_, index) => index % stride === 0);
}

afterAll(async () => {
  unsubscribe(SENT_CHANNEL, collect);
  for (const text of sentByChildren()) keep(text);
  if (shapes.size === 0) return;
  const file = expect.getState().testPath ?? '';
  const random = RANDOM_DAMAGE.some((each) => file.endsWith(each));
  const { disagreements } = await import('./second-opinion.ts');
  const messages = random ? someResponses([...shapes.values()]) : shapes.values();
  const found = disagreements(messages, random ? [...DELIBERATE, ANY_COPY] : DELIBERATE);
  shapes.clear();
  if (found.length > 0)
    throw new Error(`sip.js disagrees about ${found.length} of the messages that we sent here:\n\n${found.join('\n\n')}`);
});
