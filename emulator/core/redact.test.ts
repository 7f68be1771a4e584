import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { Redactor } from './redact.ts';

test('credentials keep their scheme only, known secrets are blanked anywhere, other headers stay', () => {
  const redactor = new Redactor();
  redactor.add('s3cret-token');
  redactor.add('short');
  expect(
    redactor.headers({ Authorization: 'Basic YWJj', 'X-Api-Key': 'abc', Accept: '*/*', 'X-Note': 'has s3cret-token', Gone: undefined }),
  ).toEqual({ Authorization: 'Basic [REDACTED]', 'X-Api-Key': '[REDACTED]', Accept: '*/*', 'X-Note': 'has [REDACTED]' });
  expect(redactor.headers({ 'Content-Length': 12, Via: ['a', 'has s3cret-token'] })).toEqual({
    'Content-Length': '12',
    Via: 'a, has [REDACTED]',
  });
  expect(redactor.text('s3cret-token')).toBe('[REDACTED]');
  expect(redactor.text('a short text')).toBe('a short text');
});

test('secrets are blanked wherever they lie, however many there are, and the longest of those that begin alike', () => {
  const redactor = new Redactor();
  const token = (index: number): string => index.toString(16).padStart(64, '0');
  for (let index = 0; index < 20_000; index++) redactor.add(token(index), 'acme');
  expect(redactor.text(`a=${token(19_999)}&b=${token(20_000)}`)).toBe(`a=[REDACTED]&b=${token(20_000)}`);
  for (const secret of ['p\u00e4ssw\u00f6rter', 'password', 'password-long', 'word-long-last']) redactor.add(secret, 'acme');
  expect(redactor.text('"\\npassword","password-longer","passwor"')).toBe('"\\n[REDACTED]","[REDACTED]er","passwor"');
  expect(redactor.text('password-long-last. password')).toBe('[REDACTED]. [REDACTED]');
  expect(redactor.text(`\u{1f511}p\u00e4ssw\u00f6rter`)).toBe('\u{1f511}[REDACTED]');
});

test.each([
  ['text', (text: string) => text],
  ['bytes', (text: string) => Buffer.from(text)],
])('the beginning of a long one has no part of a secret (%s)', (_, whole) => {
  const redactor = new Redactor();
  const beginning = (text: string, most: number): string => redactor.beginning(whole(text), most);
  for (const secret of ['first-secret', 'second-and-longer-secret']) redactor.add(secret);
  for (const filler of ['x', 'é', '€', '\u{1f511}']) {
    const before = filler.repeat(100);
    for (const secret of ['first-secret', 'second-and-longer-secret']) {
      for (let cut = 1; cut <= secret.length; cut += 1) {
        const most = before.length + cut;
        for (const after of ['', filler.repeat(30), filler.repeat(1_000)]) {
          const told = beginning(`${before}${secret}${after}`, most);
          expect(`${before}[REDACTED]`.startsWith(told)).toBe(true);
          expect(told.length).toBeLessThanOrEqual(most);
        }
      }
    }
    const many = 'first-secret'.repeat(50) + before;
    expect(beginning(many, 500)).not.toContain('f');
    const kept = beginning(filler.repeat(1_000), 100);
    expect(filler.repeat(100).startsWith(kept)).toBe(true);
    expect(Buffer.byteLength(kept)).toBeGreaterThan(50);
  }
  expect(beginning('a first-secret.', 100)).toBe('a [REDACTED].');
});

test.each([
  ['text', (text: string) => text],
  ['bytes', (text: string) => Buffer.from(text)],
])('a very long secret takes only itself out of a long text (%s)', (_, whole) => {
  const redactor = new Redactor();
  const long = 'lang€'.repeat(12_000);
  for (const secret of [long, 'first-secret']) redactor.add(secret);
  const told = redactor.beginning(whole(`a ${long} b first-secret ${'€'.repeat(300_000)}`), 1_000);
  expect(told).toBe('a [REDACTED]');
  const short = redactor.beginning(whole(`a first-secret ${'€'.repeat(300_000)}`), 1_000);
  expect(short.startsWith(`a [REDACTED] ${'€'.repeat(300)}`)).toBe(true);
});

test('a few secrets and many are found alike', () => {
  const text = 'SIP/2.0 200 OK first-secret; again=first-secretsecond-secret and the end first-secre';
  const redactor = new Redactor();
  for (const secret of ['first-secret', 'second-secret']) redactor.add(secret);
  const few = redactor.text(text);
  for (let index = 0; index < 100; index += 1) redactor.add(`${index}-another-secret`);
  expect([few, redactor.text(text)]).toEqual(Array(2).fill('SIP/2.0 200 OK [REDACTED]; again=[REDACTED] and the end first-secre'));
});

test('what an owner gives up is text again after a while, unless another owner has it', () => {
  const redactor = new Redactor();
  const late = (name: string, most = 3_000): void => {
    for (let index = 0; index < most; index += 1) redactor.add(`${name}-${index}-secret`, name);
    redactor.forget(name);
  };
  redactor.add('both-have-it', 'acme');
  redactor.add('both-have-it', 'globex');
  redactor.add('acme-alone-has-it', 'acme');
  redactor.add('given-up-by-itself', 'acme');
  redactor.drop('given-up-by-itself', 'acme');
  redactor.drop('given-up-by-itself', 'globex');
  expect(redactor.text('given-up-by-itself')).toBe('[REDACTED]');
  redactor.forget('acme');
  expect(redactor.text('acme-alone-has-it')).toBe('[REDACTED]');
  late('one');
  expect(redactor.text('acme-alone-has-it, given-up-by-itself, both-have-it')).toBe('acme-alone-has-it, given-up-by-itself, [REDACTED]');
  redactor.forget('globex');
  redactor.add('both-have-it', 'acme');
  late('two');
  expect(redactor.text('both-have-it')).toBe('[REDACTED]');
  redactor.forget('acme');
  late('three', 100);
  expect(redactor.text('both-have-it')).toBe('both-have-it');
});

test('a text is looked at closely at most once in each place, and not once for each secret', () => {
  const redactor = new Redactor();
  for (let index = 0; index < 20_000; index += 1) redactor.add(createHash('sha1').update(String(index)).digest('hex'));
  const text = 'From: "Caller" <sip:+4989555666777@trunk.example>;tag=8f3a9c01d2\r\n'.repeat(100);
  const looks = [
    ...(['includes', 'indexOf', 'startsWith', 'slice'] as const).map((name) => vi.spyOn(String.prototype, name)),
    vi.spyOn(Map.prototype, 'get'),
    vi.spyOn(Set.prototype, 'has'),
  ];
  redactor.text(text);
  const times = looks.map(({ mock }) => mock.calls.length);
  for (const look of looks) look.mockRestore();
  for (const count of times) expect(count).toBeLessThanOrEqual(text.length);
});
