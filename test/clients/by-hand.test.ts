import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { PeerProcess } from '../peers/peer-process.ts';
import { needsPrograms } from '../peers/programs.ts';
import { freeUdpPort } from '../peers/udp-ports.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const DOCUMENT = join(ROOT, 'harness/reference-bridge/README.md');

needsPrograms('curl');

it('the lines of harness/reference-bridge/README.md make a call all the way', { timeout: 60_000 }, async () => {
  const document = readFileSync(DOCUMENT, 'utf8');
  const ports = new Map([
    ['4010', await freeUdpPort()],
    ['5070', await freeUdpPort()],
    ['5080', await freeUdpPort()],
  ]);
  const blocks = [...document.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines = '']) =>
    lines.replaceAll(/\b(?:4010|5070|5080)\b/g, (port) => String(ports.get(port))),
  );
  expect(blocks).toHaveLength(3);
  const [world = '', bridge = '', caller = ''] = blocks;
  await using first = terminal(world.replace('npm start', 'exec npm start'));
  await first.printed('Ctrl-C stops');
  await using second = terminal(bridge.replace('npm run', 'exec npm run'));
  await second.printed('"ready":true');
  await using third = terminal(caller.replaceAll('curl ', 'curl --silent --show-error --fail '));
  expect(await third.ended()).toBe(0);
  expect(third.output).toMatch(/"name":"Grace Hopper"[\s\S]*\{"journey":"j-[\s\S]*\{"journeys":\[\{"id":"j-/);
  await first.printed('the journey is over');
  expect(first.output).toContain('bound to ticket 1 by its header');
  expect(first.output).toContain('ticket 1: private voice comment');
});

/** A shell that runs the lines; what it prints is kept, and what it has become by `exec` is ended in the end. */
const terminal = (lines: string): PeerProcess => {
  const { npm_command: _command, npm_lifecycle_event: _event, ...env } = process.env;
  return new PeerProcess('/bin/sh', ['-c', lines], { cwd: ROOT, env });
};
