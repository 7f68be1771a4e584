import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterAll, expect } from 'vitest';
import { SENT_CHANNEL, type SentDatagram } from '../../emulator/telephony/sip/transport/sent-channel.ts';
import { RANDOM_DAMAGE } from './deliberate-messages.ts';
import { shapeOf } from './message-shape.ts';

/**
 * Setup of every test file: what our stack sends in it is read by the parser of sip.js, too, so that a message does not
 * pass only because we misread it the way we miswrote it. Each shape is read once, after the tests; a file that sends no
 * SIP pays next to nothing.
 */
const shapes = new Map<string, string>();

function collect(message: unknown): void {
  const { bytes, deliberate } = message as SentDatagram;
  if (deliberate) return;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const shape = shapeOf(text);
  if (!shapes.has(shape)) shapes.set(shape, text);
}

subscribe(SENT_CHANNEL, collect);

afterAll(async () => {
  unsubscribe(SENT_CHANNEL, collect);
  const file = expect.getState().testPath ?? '';
  if (shapes.size === 0 || RANDOM_DAMAGE.some((each) => file.endsWith(each))) return;
  const { disagreements } = await import('./second-opinion.ts');
  const found = disagreements(shapes.values());
  shapes.clear();
  if (found.length > 0)
    throw new Error(`sip.js disagrees about ${found.length} of the messages that we sent here:\n\n${found.join('\n\n')}`);
});
