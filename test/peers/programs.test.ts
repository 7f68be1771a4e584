import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PACKAGES, skipUnlessRequired, skipWithoutCapture } from './programs.ts';

const REQUIRED = { RINGBACK_PEERS: 'required' };
const FORBIDDEN = { RINGBACK_CAPTURE: 'forbidden' };

const skip = (reason: string): never => {
  throw new Error(`skipped: ${reason}`);
};

test('what a peer lacks is a skip with its reason, and a failure where peers are required', () => {
  expect(() => skipUnlessRequired(skip, 'not installed: sipp', {})).toThrow('skipped: not installed: sipp');
  expect(() => skipUnlessRequired(skip, 'not installed: sipp', { ...REQUIRED, ...FORBIDDEN })).toThrow(
    'not installed: sipp; peers are required here',
  );
});

test('no right to capture is one too, unless somebody says that this machine gives it to nobody', () => {
  expect(() => skipWithoutCapture(skip, 'not permitted', {})).toThrow(/^skipped: not permitted; capture as root, or set RINGBACK_CAPTURE/);
  expect(() => skipWithoutCapture(skip, 'not permitted', REQUIRED)).toThrow(/^not permitted; capture as root.*peers are required here/);
  expect(() => skipWithoutCapture(skip, 'not permitted', { ...REQUIRED, ...FORBIDDEN })).toThrow(/^skipped: not permitted$/);
});

test('CI requires the peers, and installs each', () => {
  const script = readFileSync(new URL('../../.ci/run', import.meta.url), 'utf8');
  expect(script).toContain('export RINGBACK_PEERS=required');
  const installed = /^peers=\((.*)\)$/m.exec(script)?.[1]?.split(' ');
  expect(installed).toEqual(expect.arrayContaining(Object.values(PACKAGES)));
});
