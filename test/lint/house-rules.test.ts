import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

interface Finding {
  code: string;
  message: string;
  filename: string;
}

/** What the linter says of a fixture, which stands for the file of the same path below the root. */
function lint(fixture: string): string[] {
  const config = resolve(import.meta.dirname, 'fixtures.oxlintrc.json');
  const args = ['--no-ignore', '-c', config, '--format', 'json', resolve(import.meta.dirname, 'fixtures', fixture)];
  let output: string;
  try {
    output = execFileSync(resolve(ROOT, 'node_modules/.bin/oxlint'), args, { cwd: ROOT, encoding: 'utf8' });
  } catch (error) {
    output = (error as { stdout: string }).stdout;
  }
  const { diagnostics } = JSON.parse(output) as { diagnostics: Finding[] };
  return diagnostics.filter((finding) => finding.code.startsWith('house')).map((finding) => finding.message);
}

test('telephony must not import zendesk, and may import core', () => {
  expect(lint('emulator/telephony/sip/reaches-up.ts')).toEqual([
    'emulator/telephony must not import emulator/zendesk: dependencies point the other way',
  ]);
});

test('support must not import talk, and may import account', () => {
  expect(lint('emulator/zendesk/support/knows-talk.ts')).toEqual([
    'zendesk/support must not import zendesk/talk: it talks to it through the journal, or talk calls it',
  ]);
});

test('nothing outside the emulator imports a file of it, not even its entry by path', () => {
  expect(lint('harness/reaches-in.ts')).toEqual([
    expect.stringContaining('reaches into the emulator (emulator/core/core.ts)'),
    expect.stringContaining('reaches into the emulator (emulator/index.ts)'),
  ]);
});

test('nor does the command line, but for the file that starts it', () => {
  expect(lint('harness/cli/announcement.ts')).toEqual([expect.stringContaining('reaches into the emulator (emulator/index.ts)')]);
  expect(lint('harness/cli/up.ts')).toEqual([]);
});

test('the reference bridge knows of this package the public stack alone', () => {
  expect(lint('harness/reference-bridge/knows-more.ts')).toEqual([
    expect.stringContaining('it knows ringback/sip, not ringback/emulator'),
    expect.stringContaining('shares no code with Ringback (harness/bridge/kept-process.ts)'),
  ]);
});

test('the emulator does not import the package that it is in, nor any path of it, nor a type', () => {
  const names = ['ringback', 'ringback/emulator', 'ringback/sip', 'ringback/schemas/up.schema.json', 'ringback'];
  expect(lint('emulator/zendesk/talk/imports-itself.ts')).toEqual(
    names.map((name) => expect.stringContaining(`must not import ${name}, the package that it is in`)),
  );
});

test('clock, timers and randomness are refused outside core', () => {
  const found = lint('emulator/zendesk/talk/reads-the-clock.ts').map((message) => message.split(' outside')[0]);
  expect(found.toSorted()).toEqual(['Date.now', 'Math.random', 'new Date()', 'randomUUID', 'setTimeout']);
});
