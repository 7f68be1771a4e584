import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { campaign } from './campaign.ts';
import { EmulatorProcess } from './emulator-process.ts';

// Two emulators at once, one for each core that CI has; DURABILITY_SEED repeats a run's points of death as far as threads allow.
const KILLS_EACH = 25;
const SEED = Number(process.env['DURABILITY_SEED'] ?? Date.now() % 1_000_000);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ringback-durability-'));
  // Node writes its code cache when a process ends by itself, which those to come will not.
  const first = new EmulatorProcess(join(folder, 'first.sqlite'));
  await first.up;
  await first.stop();
});
afterAll(() => rmSync(folder, { recursive: true }));

it('an emulator killed 50 times under load loses nothing that it has acknowledged', { timeout: 120_000 }, async () => {
  console.log(`DURABILITY_SEED=${SEED}`);
  const files = [0, 1].map((index) => join(folder, `world-${index}.sqlite`));
  const ends = await Promise.allSettled(files.map((file, index) => campaign(file, KILLS_EACH, SEED + index)));
  const outcomes = ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
  for (const file of files) {
    const db = new DatabaseSync(file);
    expect(db.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    db.close();
  }
  expect(outcomes.flatMap(({ problems }) => problems)).toEqual([]);
  const sum = (count: (outcome: (typeof outcomes)[number]) => number): number => outcomes.reduce((total, one) => total + count(one), 0);
  const acknowledged = sum(({ ledger }) => ledger.acknowledged);
  const invocations = sum(({ receiver }) => receiver.invocations.length);
  const repeated = sum(({ receiver }) => receiver.repeated);
  const carriedOut = sum(({ ledger }) => ledger.carriedOut);
  console.log(
    `${acknowledged} changes acknowledged, ${carriedOut} carried out without an answer, ${invocations} invocations, ${repeated} repeated`,
  );
  // The deaths struck in the middle of things: otherwise this would have shown nothing.
  expect(acknowledged).toBeGreaterThan(200);
  expect(invocations).toBeGreaterThan(400);
  expect(repeated).toBeGreaterThan(0);
});
