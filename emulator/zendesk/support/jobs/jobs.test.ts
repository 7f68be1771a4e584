import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createCore } from '../../../core/core.ts';
import { SteerableClock } from '../../../core/steerable-clock.ts';
import { createAccounts } from '../../account/index.ts';
import { createSupport } from '../index.ts';
import { testSupport } from '../testing/test-support.ts';

describe('jobs', () => {
  it('that were queued when the process ended are done by the next one, without being asked for', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringback-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const clock = new SteerableClock();
    const life = () => {
      const core = createCore({ seed: 1, clock, dataFile: join(folder, 'data') });
      const accounts = createAccounts(core);
      return { core, accounts, support: createSupport({ core, accounts }) };
    };
    const first = life();
    first.accounts.create({ subdomain: 'acme' });
    const owner = first.support.users.findByEmail('acme', 'admin@acme.example')?.id ?? 0;
    first.support.ticketJobs.create('acme', [{ comment: 'x' }], { userId: owner, via: 'api' });
    first.core.close();
    const second = life();
    second.support.resume();
    second.core.businessClock('acme').advance(1_000);
    expect(second.support.tickets.count('acme')).toBe(1);
    second.core.close();
  });

  it('write what they work on once, and keep it no longer than they work', () => {
    const { core, support, api, advance } = testSupport();
    const comment = 'word '.repeat(2_000);
    const stringify = vi.spyOn(JSON, 'stringify');
    support.ticketJobs.create('acme', Array.from({ length: 50 }, () => ({ comment })), api); // prettier-ignore
    advance(1_000);
    const written = stringify.mock.results.map(({ value }) => String(value).length).filter((length) => length > 50 * comment.length);
    stringify.mockRestore();
    expect(written).toHaveLength(1);
    expect(support.tickets.count('acme')).toBe(50);
    expect(core.store.prepare('SELECT count(*) AS n FROM "job_items"').get()).toEqual({ n: 0 });
  });
});
