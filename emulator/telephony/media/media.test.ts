import { afterEach, describe, expect, it } from 'vitest';
import { createCore } from '../../core/core.ts';
import { Random } from '../../core/random.ts';
import { SteerableClock } from '../../core/steerable-clock.ts';
import { AudioPipe } from './audio/audio-pipe.ts';
import { deaf, silence } from './audio/audio.ts';
import { Voices } from './audio/voices.ts';
import { createMediaJournal } from './media-journal.ts';
import { createMedia } from './media.ts';
import type { RtpEvent } from './rtp/rtp-event.ts';
import { emptyStats } from './rtp/rtp-stats.ts';
import type { MediaOptions } from './types.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function steered(options: Partial<MediaOptions> = {}) {
  const clock = new SteerableClock();
  const media = createMedia({ clock, random: new Random(5), host: '127.0.0.1', ...options });
  closing.push(() => media.close());
  return { clock, media, voices: new Voices({ clock }) };
}

describe('media.find', () => {
  it('tells the endpoints of one label apart by their party, as long as they are open', async () => {
    const { media, voices } = steered();
    media.link(voices.create('acme', 'caller').port, { source: silence, sink: deaf });
    const [trunk, talk] = [await media.open('call-id:1', { party: 'trunk' }), await media.open('call-id:1', { party: 'talk' })];
    expect([media.find('call-id:1', 'talk'), media.find('call-id:1', 'trunk')]).toEqual([talk, trunk]);
    expect([media.find('call-id:2', 'talk'), media.find('call-id:1', 'bridge')]).toEqual([undefined, undefined]);
    talk.close();
    expect(media.find('call-id:1', 'talk')).toBeUndefined();
  });
});

describe('media.link', () => {
  it('lets both parties hear each other until it is closed', () => {
    const { clock, media, voices } = steered();
    const [caller, agent] = [voices.create('acme', 'caller'), voices.create('acme', 'agent')];
    const link = media.link(caller.port, agent.port);
    clock.advance(600);
    expect(voices.hears(agent, caller).hears).toBe(true);
    expect(voices.hears(caller, agent).hears).toBe(true);
    const heard = agent.ear.position;
    link.close();
    link.close();
    clock.advance(600);
    expect(agent.ear.position).toBe(heard);
  });

  it('is joined by a pipe to another', () => {
    const { clock, media, voices } = steered();
    const [caller, agent] = [voices.create('acme', 'caller'), voices.create('acme', 'agent')];
    const [there, back] = [new AudioPipe(), new AudioPipe()];
    media.link(caller.port, { source: back, sink: there });
    media.link({ source: there, sink: back }, agent.port);
    clock.advance(700);
    expect(voices.hears(agent, caller).hears).toBe(true);
    expect(voices.hears(caller, agent).hears).toBe(true);
  });
});

describe('media', () => {
  it('plays a source to a sink', () => {
    const { clock, media } = steered();
    let frames = 0;
    const playing = media.play(silence, { write: () => frames++ });
    clock.advance(999);
    playing.close();
    clock.advance(1_000);
    expect(frames).toBe(50);
  });

  it('ends all that runs when it is closed', async () => {
    const { clock, media } = steered();
    const endpoint = await media.open();
    const peer = await media.open();
    endpoint.accept(peer.answer(endpoint.offer()));
    let frames = 0;
    media.play(silence, { write: () => frames++ });
    clock.advance(40);
    await media.close();
    await media.close();
    const sent = [endpoint.stats.packetsSent, frames];
    clock.advance(1_000);
    expect([endpoint.stats.packetsSent, frames]).toEqual(sent);
    await expect(media.open()).rejects.toThrow(/media is closed/);
  });

  it('says when a party of a link throws', () => {
    const events: RtpEvent[] = [];
    const { clock, media } = steered({ onEvent: (event) => events.push(event) });
    const broken = {
      read: () => {
        throw new Error('broken');
      },
    };
    media.link({ source: broken, sink: deaf }, { source: silence, sink: deaf });
    clock.advance(100);
    expect(events).toEqual([expect.objectContaining({ kind: 'problem', problem: 'broken' })]);
  });

  it('advertises the address it was told, else a reachable one', async () => {
    const told = steered({ host: '0.0.0.0', advertise: '203.0.113.5' }).media;
    expect((await told.open()).offer()).toContain('c=IN IP4 203.0.113.5\r\n');
    const own = (await steered({ host: '0.0.0.0' }).media.open()).local.host;
    expect(own).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(own).not.toBe('0.0.0.0');
  });

  it('opens and closes calls without waiting for the system, and reuses their sockets', async () => {
    const { clock, media } = steered();
    const ports = new Set<number>();
    for (let call = 0; call < 200; call++) {
      const endpoint = await media.open();
      ports.add(endpoint.local.port);
      endpoint.close();
      clock.advance(10);
    }
    expect(ports.size).toBeLessThanOrEqual(31);
  });
});

describe('the media journal', () => {
  it('writes what endpoints tell into the thread of their label', () => {
    const core = createCore({ seed: 1 });
    closing.push(() => core.close());
    const { tap } = createMediaJournal(core);
    const common = { label: 'call-id:1', party: 'trunk', local: { host: '127.0.0.1', port: 4_000 }, remote: { host: '::1', port: 5_000 } };
    tap({ ...common, kind: 'started', direction: 'out', codec: 'PCMU' });
    tap({ ...common, kind: 'digit', direction: 'in', digit: '5' });
    tap({ ...common, kind: 'stopped', stats: { ...emptyStats(), packetsSent: 7 } });
    tap({ ...common, remote: undefined, kind: 'problem', problem: 'odd' });
    const entries = core.journal.read();
    expect(entries.map(({ kind, from, to, thread, label }) => [kind, from, to, thread, label])).toEqual([
      ['rtp.started', 'trunk', 'bridge', 'call-id:1', 'RTP PCMU goes to [::1]:5000'],
      ['rtp.digit', 'bridge', 'trunk', 'call-id:1', 'DTMF 5'],
      ['rtp.stopped', 'trunk', 'bridge', 'call-id:1', 'RTP ends: 7 packets sent, 0 received, 0 lost'],
      ['rtp.problem', 'trunk', 'trunk', 'call-id:1', 'media problem: odd'],
    ]);
    expect(entries[1]?.data).toEqual({ direction: 'in', digit: '5', local: '127.0.0.1:4000', remote: '[::1]:5000' });
  });
});
