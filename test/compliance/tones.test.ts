import { expect, test } from 'vitest';
import { BRIDGE_HZ } from '../../emulator/control/test-bridge.ts';
import { freeFrequency } from '../../emulator/telephony/media/audio/voice-frequencies.ts';
import { FREQUENCIES } from '../../emulator/zendesk/talk/calls/sounds.ts';
import { readConfig } from '../../harness/reference-bridge/config.ts';

test('the bridge speaks a tone of its own: nothing that Talk plays, and no voice', () => {
  const needed = { ZENDESK_SUBDOMAIN: 'acme', ZENDESK_EMAIL: 'a@b.example', ZENDESK_API_TOKEN: 't', SIP_IN_URI: 'sip:l@h.example' };
  const { toneHz } = readConfig(needed);
  expect(toneHz).toBe(BRIDGE_HZ);
  const voices = new Set<number>();
  for (let next = freeFrequency(voices); next !== undefined; next = freeFrequency(voices)) voices.add(next);
  const others = [...Object.values(FREQUENCIES), ...voices];
  expect(new Set(others).size).toBe(others.length);
  // 20 Hz and more: what listens over 100 ms tells tones 10 Hz apart.
  expect(others.filter((frequency) => Math.abs(frequency - toneHz) < 20)).toEqual([]);
});
