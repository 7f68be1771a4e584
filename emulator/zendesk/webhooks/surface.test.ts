import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EVENT_NAMES, EVENT_PREFIX, isEventType, OPEN_DOMAINS } from './events/event-types.ts';
import { eventSurface, surface } from './surface.ts';
import { World } from './testing/world.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method: string }[] };
}

describe('surface', () => {
  it('lists exactly what is mounted', async () => {
    const world = await World.open();
    const { stack } = world.webhooks.router() as unknown as { stack: readonly Layer[] };
    const mounted = stack.flatMap(({ route }) =>
      route ? [...new Set(route.stack.map(({ method }) => `${method.toUpperCase()} ${plain(route.path)}`))] : [],
    );
    await world.close();
    expect(mounted.toSorted()).toEqual(surface.map(({ method, path }) => `${method} ${plain(path)}`).toSorted());
  });

  it('names tests that exist', () => {
    const files = new Set([...surface, ...eventSurface].flatMap(({ tests }) => tests));
    expect([...files].filter((file) => !existsSync(file))).toEqual([]);
  });

  it('lists the events that can be subscribed to, each once, and why some are not sent', () => {
    const events = eventSurface.map(({ event }) => event);
    expect(events.toSorted()).toEqual([...EVENT_NAMES, ...OPEN_DOMAINS.map((domain) => `${domain}.*`)].toSorted());
    expect(EVENT_NAMES.filter((name) => !isEventType(EVENT_PREFIX + name))).toEqual([]);
    expect(eventSurface.filter(({ status, note }) => status !== 'full' && !note)).toEqual([]);
  });
});

function plain(path: string): string {
  return path.replaceAll(/:\w+|\{\w+\}/g, '{}');
}
