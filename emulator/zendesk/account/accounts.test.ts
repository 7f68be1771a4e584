import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCore } from '../../core/core.ts';
import { type Accounts, createAccounts } from './index.ts';

const basic = (email: string, token: string): string => `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`;

function open(): Accounts {
  const accounts = createAccounts(createCore({ seed: 1 }));
  accounts.directory = (_account, email) => {
    if (email === 'ada@acme.example') return { id: 7, role: 'admin', verified: true, active: true };
    return email === 'new@acme.example' ? { id: 8, role: 'agent', verified: false, active: true } : undefined;
  };
  return accounts;
}

describe('Accounts', () => {
  it('makes an account with what the draft leaves open', () => {
    const accounts = open();
    const made = accounts.create({ subdomain: 'acme' });
    expect(made).toMatchObject({ name: 'acme', email: 'admin@acme.example', plan: 'enterprise', settings: {} });
    expect(made.apiToken).toMatch(/^[0-9a-f]{40}$/);
    expect(accounts.get('acme')).not.toHaveProperty('apiToken');
    expect(accounts.apiToken('acme')).toBe(made.apiToken);
  });

  it.each(['', 'Acme', 'a_b', '-acme', 'acme-', 'a'.repeat(64), 'a.b'])('refuses the subdomain "%s"', (subdomain) => {
    expect(() => open().create({ subdomain })).toThrow(/bad subdomain/);
  });

  it('refuses a taken subdomain and an unknown plan', () => {
    const accounts = open();
    accounts.create({ subdomain: 'acme' });
    expect(() => accounts.create({ subdomain: 'acme' })).toThrow(/already an account "acme"/);
    expect(() => accounts.create({ subdomain: 'globex', plan: 'gold' })).toThrow(/unknown plan "gold"; known plans: essential, team/);
    expect(() => accounts.create({ subdomain: 'globex', plan: 'constructor' })).toThrow(/unknown plan "constructor"/);
    expect(() => accounts.expect('initech')).toThrow('no account "initech"; accounts: acme');
  });

  it('undoes the account when a listener fails', () => {
    const accounts = open();
    accounts.onCreated(() => {
      throw new Error('no foundation');
    });
    expect(() => accounts.create({ subdomain: 'acme' })).toThrow('no foundation');
    expect(accounts.get('acme')).toBeUndefined();
  });

  it('blanks a password that an earlier run was told, once it was used', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ringback-accounts-'));
    const run = (): Accounts => {
      const accounts = createAccounts(createCore({ seed: 1, dataFile: join(folder, 'world.db') }));
      accounts.directory = () => ({ id: 7, role: 'admin', verified: true, active: true });
      return accounts;
    };
    const first = run();
    first.create({ subdomain: 'acme' });
    first.passwords.set('acme', 7, 'password of ada');
    first.core.close();
    const second = run();
    expect(second.withPassword('acme', 'ada@acme.example', 'password of bob')).toBeUndefined();
    expect(second.withPassword('acme', 'ada@acme.example', 'password of ada')).toMatchObject({ id: 7 });
    expect(second.core.redactor.text('password of ada, password of bob')).toBe('[REDACTED], password of bob');
    second.core.close();
    rmSync(folder, { recursive: true });
  });

  it('merges settings and removes a switch', () => {
    const accounts = open();
    accounts.create({ subdomain: 'acme', settings: { webhookDelayMs: 5, authBearerApiToken: true } });
    const { settings, plan } = accounts.update('acme', { plan: 'team', settings: { authBearerApiToken: undefined as never } });
    expect(settings).toEqual({ webhookDelayMs: 5 });
    expect(plan).toBe('team');
  });

  it('removes an account with everything in it', () => {
    const accounts = open();
    accounts.create({ subdomain: 'acme' });
    expect(accounts.remove('acme')).toBe(true);
    expect(accounts.list()).toEqual([]);
    expect(accounts.remove('acme')).toBe(false);
  });

  it('keeps the token out of what is journaled', () => {
    const accounts = open();
    const { apiToken } = accounts.create({ subdomain: 'acme' });
    expect(accounts.core.redactor.text(`token=${apiToken}`)).toBe('token=[REDACTED]');
  });

  it('lets go of the secrets of accounts that are gone or never came to be', () => {
    const accounts = open();
    const { redactor } = accounts.core;
    const later = (): void => {
      for (let index = 0; index < 200; index += 1) redactor.add(`later-secret-${index}`, 'later');
      redactor.forget('later');
    };
    accounts.create({ subdomain: 'acme', apiToken: 'token-of-acme' });
    accounts.passwords.set('acme', 7, 'password of ada');
    const client = accounts.oauth.createClient('acme', 1, { name: 'App', identifier: 'app', user_id: 7 });
    const { token } = accounts.oauth.issue('acme', 2, { client, userId: 7, scopes: ['read'] });
    const texts = ['token-of-acme', 'password of ada', client.secret, token];
    later();
    expect(texts.map((text) => redactor.text(text))).toEqual(texts.map(() => '[REDACTED]'));
    accounts.forget('acme');
    expect(texts.map((text) => redactor.text(text))).toEqual(texts.map(() => '[REDACTED]'));
    accounts.remove('acme');
    later();
    expect(texts.map((text) => redactor.text(text))).toEqual(texts);
    accounts.onCreated(() => {
      throw new Error('no');
    });
    expect(() => accounts.create({ subdomain: 'globex', apiToken: 'token-of-globex' })).toThrow('no');
    later();
    expect(redactor.text('token-of-globex')).toBe('token-of-globex');
  });

  it('takes up the secrets of a state that is restored', () => {
    const accounts = open();
    const { redactor, store } = accounts.core;
    accounts.create({ subdomain: 'acme' });
    const client = accounts.oauth.createClient('acme', 1, { name: 'App', identifier: 'app', user_id: 7 });
    const { token } = accounts.oauth.issue('acme', 2, { client, userId: 7, scopes: ['read'] });
    store.snapshot('acme', 'before');
    accounts.oauth.revoke('acme', 2);
    const late = Array.from({ length: 200 }, (_, index) => accounts.oauth.issue('acme', 3 + index, { client, userId: 7, scopes: [] }));
    accounts.oauth.deleteClient('acme', 1);
    expect(redactor.text(token)).toBe(token);
    store.restore({ account: 'acme', name: 'before' });
    accounts.forget('acme');
    expect([redactor.text(token), redactor.text(client.secret)]).toEqual(['[REDACTED]', '[REDACTED]']);
    expect(redactor.text(late[0]?.token ?? '')).toBe(late[0]?.token);
  });
});

describe('authentication', () => {
  it('takes the token with the e-mail of a verified user only', () => {
    const accounts = open();
    const account = accounts.create({ subdomain: 'acme', apiToken: 'right-token' });
    const authenticate = (header?: string): unknown => accounts.authenticate(account, { headers: header ? { authorization: header } : {} });
    expect(authenticate(basic('ada@acme.example', 'right-token'))).toEqual({ kind: 'token', userId: 7, role: 'admin' });
    expect(authenticate(basic('ada@acme.example', 'wrong'))).toBeUndefined();
    expect(authenticate(basic('new@acme.example', 'right-token'))).toBeUndefined();
    expect(authenticate(basic('nobody@acme.example', 'right-token'))).toBeUndefined();
    expect(authenticate()).toEqual({ kind: 'anonymous' });
  });

  it('refuses the API token as Bearer unless the account has the switch', () => {
    const accounts = open();
    const draft = { subdomain: 'acme', email: 'ada@acme.example', apiToken: 'right-token' };
    const account = accounts.create(draft);
    expect(accounts.principal(account, 'Bearer right-token')).toBeUndefined();
    const switched = accounts.update('acme', { settings: { authBearerApiToken: true } });
    expect(accounts.principal(switched, 'Bearer right-token')).toEqual({ kind: 'token', userId: 7, role: 'admin' });
    expect(accounts.principal(switched, 'Bearer other')).toBeUndefined();
  });
});
