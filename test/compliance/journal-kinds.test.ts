import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** `ticket.created` as a property, or handed to what journals; `leg.${verb}` stands for the family; a rule book's kind is one. */
const WRITTEN = [
  /\bkind: '([a-z_]+\.[a-z_]+)'/g,
  /\bkind: `([a-z_]+\.\$\{)/g,
  /(?:\bnote\(rooms, call|#note\(\s*account|#journal\(\s*account),\s*(?:\w+ \? )?['`]([a-z_]+\.(?:[a-z_]+(?=')|\$\{))/g,
  /new RuleBook\([^)]*'([a-z_]+)'/g,
];

/** The kinds that docs/control-api.md lists; `ticket.*` is a family. */
const listed = [...document().matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, cell = '']) => cell.match(/[a-z_]+(?:\.[a-z_*]+)?/g) ?? []);
const isListed = (kind: string): boolean => listed.some((each) => fits(each, kind));
const fits = (entry: string, kind: string): boolean =>
  entry === kind || (entry.endsWith('.*') && kind.startsWith(entry.slice(0, -'*'.length)));

/** The table of kinds. */
function document(): string {
  const text = readFileSync(resolve(ROOT, 'docs/control-api.md'), 'utf8');
  return text.slice(text.indexOf('| Kind '));
}

/** The kinds that the emulator's sources journal, and every word in quotes that belongs to a listed family. */
function occurring(): Set<string> {
  const families = new Set(listed.map((kind) => kind.split('.')[0]));
  const found = new Set<string>();
  const files = globSync('emulator/**/*.ts', { cwd: ROOT }).filter((file) => !/\.test\.ts$|\/testing\//.test(file));
  for (const file of files) {
    const source = readFileSync(resolve(ROOT, file), 'utf8');
    for (const [, kind = ''] of WRITTEN.flatMap((pattern) => [...source.matchAll(pattern)])) found.add(familyOr(kind));
    for (const [, kind = ''] of source.matchAll(/'([a-z_]+\.[a-z_]+)'/g)) if (families.has(kind.split('.')[0])) found.add(kind);
  }
  return found;
}

const familyOr = (kind: string): string => (kind.includes('.') ? kind.replace('${', '*') : `${kind}.*`);

test('the table of kinds in docs/control-api.md has every kind that the emulator journals', () => {
  expect([...occurring()].filter((kind) => !isListed(kind)).toSorted()).toEqual([]);
});

test('and none that it does not', () => {
  const kinds = [...occurring()];
  expect(listed).toEqual(expect.arrayContaining(['sip.message', 'webhook.delivery', 'rule.webhook', 'trigger.*', 'note']));
  expect(listed.filter((entry) => entry !== 'note' && !kinds.some((kind) => fits(entry, kind)))).toEqual([]);
});
