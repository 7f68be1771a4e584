import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Core, createCore } from './core.ts';
import type { JourneyId } from './ids.ts';
import { JournalShelf } from './journal-shelf.ts';
import type { JournalEntry } from './journal.ts';

let core: Core;
beforeEach(() => {
  core = createCore({ seed: 1 });
});
afterEach(() => {
  core.close();
});

const note = (label: string, more: object = {}): JournalEntry => core.journal.append({ kind: 'note', label, from: 'ringback', ...more });
const labels = (filter = {}): string[] => core.journal.read(filter).map((entry) => entry.label);

test('a label is one line, in no time however much white space is in it', () => {
  note('ticket 7: first \r\n\n  second\n');
  const start = performance.now();
  note(`a${' '.repeat(60_000)}b\nc`);
  // An expression that tries every space anew takes seconds.
  expect(performance.now() - start).toBeLessThan(1_000);
  expect(labels()).toEqual(['ticket 7: first second', `a${' '.repeat(60_000)}b c`]);
});

describe('transactions', () => {
  test('an entry is seen by readers after the commit only, by `within` listeners at once', () => {
    const seen: string[] = [];
    core.journal.within((entry) => seen.push(`within ${entry.label}`));
    core.journal.subscribe((entry) => seen.push(`after ${entry.label}`));
    core.store.transaction(() => {
      note('one');
      seen.push('still open');
    });
    expect(seen).toEqual(['within one', 'still open', 'after one']);
  });

  test('entries are told in the order of their making, those of `within` listeners too', () => {
    const told: string[] = [];
    core.journal.within(({ label }) => {
      if (label === 'one') note('of one');
    });
    core.journal.subscribe(({ label }) => told.push(label));
    core.store.transaction(() => {
      note('one');
      note('two');
    });
    expect(told).toEqual(['one', 'of one', 'two']);
  });

  test('what a listener appends before others of the commit are told lies behind them, and is followed once', () => {
    const journey = core.journeys.open('acme', 'dialled').id;
    const followed: string[] = [];
    note('before', { thread: 'call-id:1' });
    core.journal.follow(({ label }) => followed.push(label));
    core.journal.subscribe(({ label }) => {
      if (label === 'one') note('of one', { journey });
    });
    core.store.transaction(() => {
      note('one', { journey });
      note('two', { journey });
      note('three', { thread: 'call-id:1' });
    });
    core.journal.bind('call-id:1', journey, 'acme');
    expect(labels({ journey })).toEqual(['before', 'one', 'two', 'three', 'of one']);
    expect(followed.toSorted()).toEqual(['of one', 'one', 'three', 'two']);
  });

  test('an undone entry never happened', () => {
    expect(() =>
      core.store.transaction(() => {
        note('undone');
        throw new Error('no');
      }),
    ).toThrow('no');
    note('kept');
    expect(labels()).toEqual(['kept']);
  });

  test('a throw of a `within` listener undoes the transaction that it belongs to', () => {
    core.journal.within(() => {
      throw new Error('outbox full');
    });
    expect(() => core.store.transaction(() => note('x'))).toThrow('outbox full');
    expect(labels()).toEqual([]);
  });
});

describe('listeners', () => {
  test('one that throws keeps the entry from no other', () => {
    const seen: string[] = [];
    core.journal.subscribe(() => {
      throw new Error('bad listener');
    });
    core.journal.subscribe((entry) => seen.push(entry.label));
    expect(() => note('one')).toThrow('bad listener');
    expect(seen).toEqual(['one']);
    expect(labels()).toEqual(['one']);
  });

  test('a wait whose condition throws is refused, and nobody else hears of it', async () => {
    const waiting = core.journal.waitFor('nonsense', () => {
      throw new Error('bad condition');
    });
    note('one');
    await expect(waiting).rejects.toThrow('bad condition');
    expect(() => note('two')).not.toThrow();
  });
});

describe('journeys', () => {
  test('a thread joined late brings what it said before', () => {
    const journey = core.journeys.open('acme', 'dialled').id;
    const announced: string[] = [];
    note('INVITE', { thread: 'call-id:1' });
    note('other', { thread: 'call-id:2' });
    core.journal.subscribe((entry) => announced.push(`${entry.label} ${entry.account}`));
    core.journal.bind('call-id:1', journey, 'acme');
    note('180', { thread: 'call-id:1' });
    expect(labels({ journey })).toEqual(['INVITE', '180']);
    expect(labels({ account: 'acme' })).toEqual(['INVITE', '180']);
    expect(announced).toEqual(['INVITE acme', '180 acme']);
  });

  test('keys lead to the newest live journey', () => {
    const [first, second] = [core.journeys.open('acme', 'dialled').id, core.journeys.open('acme', 'dialled').id];
    core.journeys.link(first, 'ticket:35');
    core.journeys.link(second, 'ticket:35');
    expect(core.journeys.find('acme', 'ticket:35')).toBe(second);
    core.journeys.finish(second);
    expect(core.journeys.find('acme', 'ticket:35')).toBe(first);
    core.journeys.finish(first);
    expect(core.journeys.find('acme', 'ticket:35')).toBe(second);
    expect(core.journeys.find('other', 'ticket:35')).toBeUndefined();
    core.journeys.clear('acme');
    expect(core.journeys.find('acme', 'ticket:35')).toBeUndefined();
  });
});

test('filters by sequence, kind and prefix', () => {
  const first = note('a');
  core.journal.append({ kind: 'sip.message', label: 'b', from: 'trunk', to: 'bridge' });
  core.journal.append({ kind: 'sip.problem', label: 'c', from: 'bridge', to: 'trunk' });
  expect(labels({ since: first.seq })).toEqual(['b', 'c']);
  expect(labels({ kind: 'sip.' })).toEqual(['b', 'c']);
  expect(labels({ kind: 'sip.message' })).toEqual(['b']);
});

describe('waiting', () => {
  test('finds what is there, waits for what comes, and names what did not', async () => {
    note('there');
    expect((await core.journal.waitFor('the note', (entry) => entry.label === 'there')).label).toBe('there');
    const coming = core.journal.waitFor('the other note', (entry) => entry.label === 'coming');
    note('coming');
    expect((await coming).label).toBe('coming');
    await expect(core.journal.waitFor('a third note', () => false, 1)).rejects.toThrow('in vain for a third note');
  });
});

describe('the bound', () => {
  test('finished journeys leave first and are counted; live ones stay', () => {
    core.close();
    const folder = mkdtempSync(join(tmpdir(), 'ringback-journal-'));
    core = createCore({ seed: 1, journalBytes: 20_000, dataFile: join(folder, 'world.db') });
    const live = core.journeys.open('acme', 'dialled').id;
    note('live', { journey: live });
    for (let count = 0; count < 50; count++) {
      const journey = core.journeys.open('acme', 'dialled').id;
      note(`over ${count}`, { journey, data: { text: 'x'.repeat(1000) } });
      core.journeys.finish(journey);
    }
    expect(core.shelf.bytes).toBeLessThanOrEqual(20_000);
    expect(labels()).toContain('live');
    expect(labels()).toContain('over 49');
    expect(labels()).not.toContain('over 0');
    expect(core.shelf.evicted.journeys).toBeGreaterThan(30);
    const written = readFileSync(join(folder, 'world.db.journal.jsonl'), 'utf8').trim().split('\n');
    expect(written).toHaveLength(core.shelf.evicted.entries);
    expect(JSON.parse(written[0] as string)).toMatchObject({ label: 'over 0' });
    rmSync(folder, { recursive: true });
  });

  test('counts what lies deep in an entry', () => {
    core.close();
    core = createCore({ seed: 1, journalBytes: 20_000 });
    note('small');
    expect(core.shelf.bytes).toBe(250 + 5 + 40);
    note('deep', { data: { list: [{ text: 'x'.repeat(1_000) }, null, 7] } });
    expect(core.shelf.bytes).toBe(295 + 250 + 4 + (40 + 8 + (40 + 3 * 8 + (40 + 8 + 16 + 1_000) + 8 + 8)));
    for (let count = 0; count < 50; count++) note(`deep ${count}`, { data: [[{ text: ['x'.repeat(1_000)] }]] });
    expect(core.shelf.bytes).toBeLessThanOrEqual(20_000);
  });

  test.each([0, 15_000, 35_000])(
    'late entries of a finished journey leave before live ones, also when thousands finished (%i)',
    (before) => {
      const shelf = new JournalShelf({ bytes: 20_000 });
      const add = (journey: string, seq: number): unknown =>
        shelf.add({ ...note('long', { data: 'x'.repeat(3_000) }), seq, journey: journey as JourneyId });
      const finish = (name: string, count: number): void => {
        for (let each = 0; each < count; each++) shelf.finish(`j-${name}-${each}` as JourneyId);
      };
      finish('before', before);
      shelf.finish('j-over' as JourneyId);
      finish('after', 19_000);
      add('j-live', 1);
      for (let seq = 2; seq < 20; seq++) add('j-over', seq);
      expect(shelf.evicted).toMatchObject({ journeys: 3 });
      expect(shelf.read('j-live')).toHaveLength(1);
    },
  );

  test('half a line that a killed process left in the file costs no other line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringback-journal-'));
    const file = join(folder, 'world.db.journal.jsonl');
    writeFileSync(file, '{"seq":1}\n{"seq":2,"la');
    core.close();
    core = createCore({ seed: 1, journalBytes: 5_000, dataFile: join(folder, 'world.db') });
    for (let count = 0; count < 10; count++) note(`loose ${count}`, { data: { text: 'x'.repeat(1000) } });
    const [first, half, ...rest] = readFileSync(file, 'utf8').trim().split('\n');
    expect([first, half]).toEqual(['{"seq":1}', '{"seq":2,"la']);
    expect(rest.map((line) => (JSON.parse(line) as { label: string }).label)).toContain('loose 0');
    rmSync(folder, { recursive: true });
  });

  test('after a restart with the same file sequence numbers go on behind all that were given', () => {
    core.close();
    const folder = mkdtempSync(join(tmpdir(), 'ringback-journal-'));
    const restarted = (): Core => createCore({ seed: 1, dataFile: join(folder, 'world.db') });
    core = restarted();
    expect(note('first').seq).toBe(1);
    for (let life = 0; life < 2; life++) {
      const { last } = core.journal;
      core.close();
      core = restarted();
      expect(core.journal.last).toBeGreaterThan(last);
      note('later');
      expect(labels({ since: last })).toEqual(['later']);
    }
    rmSync(folder, { recursive: true });
  });

  test('what belongs to no journey is bounded too', () => {
    core.close();
    core = createCore({ seed: 1, journalBytes: 20_000 });
    for (let count = 0; count < 1000; count++) note(`loose ${count}`);
    expect(core.shelf.bytes).toBeLessThanOrEqual(20_000);
    expect(labels().at(-1)).toBe('loose 999');
  });

  test('entries of no journey leave in pieces, the oldest first, and the journal says so', () => {
    core.close();
    core = createCore({ seed: 1, journalBytes: 50_000 });
    const heard: number[] = [];
    core.journal.subscribe(({ seq }) => heard.push(seq));
    const notes = Array.from({ length: 60 }, (_, count) => note(`note ${count}`, { data: { text: 'x'.repeat(1000) } }).label);
    const kept = labels({ kind: 'note' });
    expect(kept.length).toBeGreaterThan(25);
    expect(kept).toEqual(notes.slice(-kept.length));
    const told = core.journal.read({ kind: 'journal.evicted' }).map(({ data }) => data as { entries: number; upTo: number });
    expect(told.reduce((sum, { entries }) => sum + entries, 0)).toBe(60 - kept.length);
    expect(told.at(-1)?.upTo).toBe(core.shelf.evicted.upTo);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  });
});
