import { startEmulator } from 'ringback/emulator';
import { expect, it } from 'vitest';
import { SURFACE } from '../../../emulator/zendesk/support/surface.ts';
import { surface as WEBHOOKS } from '../../../emulator/zendesk/webhooks/surface.ts';
import { inForm, told } from './form.ts';
import { generatedRun } from './run.ts';

// GENERATED_SEED repeats a run; each run has another one otherwise.
const SEED = Number(process.env['GENERATED_SEED'] ?? Date.now() % 1_000_000);
const rows = [...SURFACE, ...WEBHOOKS].filter(({ status }) => status !== 'none');

it('every implemented operation answers whatever it is sent, in the vendor’s form, and never with a 500', { timeout: 60_000 }, async () => {
  await using emulator = await startEmulator({ randomSeed: SEED });
  const { account, controlUrl } = emulator.describe();
  const bugs: string[] = [];
  emulator.follow(({ kind, label, data }) => {
    if (kind === 'note' && label.startsWith('internal error')) bugs.push(`${label} ${JSON.stringify(data).slice(0, 400)}`);
  });
  await fetch(`${controlUrl}/accounts/${account.subdomain}/settings`, { method: 'PUT', body: JSON.stringify({ rateLimits: false }) });
  const url = `${account.url}/api/v2`;
  const authorization = `Basic ${Buffer.from(`${account.email}/token:${account.apiToken}`).toString('base64')}`;
  const me = async (): Promise<{ user: { id: number; role: string } }> =>
    (await (await fetch(`${url}/users/me.json`, { headers: { authorization } })).json()) as { user: { id: number; role: string } };
  const owner = await me();

  const answered = await generatedRun({ url, authorization, rows, seed: SEED, spared: [owner.user.id] });

  const hint = `GENERATED_SEED=${SEED} repeats this run`;
  expect(bugs, `${hint}`).toEqual([]);
  expect(answered.filter(({ status }) => status >= 500 && status !== 501).map(told), `${hint}`).toEqual([]);
  expect(answered.filter((answer) => !inForm(answer)).map(told), `no error of the vendor's; ${hint}`).toEqual([]);
  expect(await me(), `whoever asked is still an admin; ${hint}`).toMatchObject({ user: { id: owner.user.id, role: 'admin' } });
  const body = JSON.stringify({ ticket: { subject: 'still at work', comment: { body: 'x' } } });
  const created = await fetch(`${url}/tickets`, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
  expect(created, `${hint}`).toMatchObject({ status: 201 });

  const worked = new Set(answered.filter(({ status }) => status < 300).map(({ row }) => row));
  console.log(
    `GENERATED_SEED=${SEED}: ${answered.length} requests to ${rows.length} operations, ${worked.size} of which answered one with success`,
  );
  // A run in which hardly anything works would show nothing. Without the vendor's description, bodies are guesses: about a third works.
  expect(worked.size / rows.length, `${hint}`).toBeGreaterThan(0.25);
});
