// The rules of docs/decisions/0002 as an oxlint plugin: which room may import which, and who may read the clock.
import { dirname, relative, resolve, sep } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** Rooms in the order in which they may know each other: each imports itself and what stands before it. */
const LAYERS = ['emulator/core', 'emulator/telephony', 'emulator/zendesk', 'emulator/control', 'harness', 'scenarios'];

/** What each Zendesk room may import besides itself and `account`. */
const ZENDESK = { account: [], support: [], webhooks: ['support'], workspace: ['support'], talk: ['support', 'workspace'] };

/** The public entries: the only files of the emulator that the rest of the repository may import. */
const ENTRIES = { 'ringback/emulator': 'emulator/index.ts', 'ringback/sip': 'emulator/telephony/index.ts' };

/** Whether it is the package's own name, or a path in it. */
const isOwnName = (source) => source === 'ringback' || source.startsWith('ringback/');

/** Path below the root; the fixtures of this folder's test stand for files of the same path. */
const place = (file) => relative(ROOT, file).split(sep).join('/').replace('test/lint/fixtures/', '');
/** Written as anybody else's bridge would be: of this package it knows the public stack alone. */
const BRIDGE = 'harness/reference-bridge/';
const isOfBridge = (path) => path.startsWith(BRIDGE) && !path.endsWith('.test.ts');
const layerOf = (path) => LAYERS.findIndex((layer) => path.startsWith(`${layer}/`));
const zendeskRoom = (path) => /^emulator\/zendesk\/([^/]+)\//.exec(path)?.[1];

function judge(from, to) {
  const inside = from.startsWith('emulator/');
  // The command line starts the entries by their paths: an export condition cannot be set from inside a process.
  const starts = from === 'harness/cli/up.ts' && Object.values(ENTRIES).includes(to);
  if (!inside && to.startsWith('emulator/') && !from.startsWith('test/') && !starts) {
    return `${from} reaches into the emulator (${to}); import ${Object.keys(ENTRIES).join(' or ')} instead`;
  }
  if (inside && !to.startsWith('emulator/')) return `${from} is part of the emulator and must not know ${to}`;
  if (isOfBridge(from) && !to.startsWith(BRIDGE)) return `${from} is part of a bridge, which shares no code with Ringback (${to})`;
  const [a, b] = [layerOf(from), layerOf(to)];
  if (a >= 0 && b > a) return `${LAYERS[a]} must not import ${LAYERS[b]}: dependencies point the other way`;
  const [room, other] = [zendeskRoom(from), zendeskRoom(to)];
  if (room && other && room !== other && other !== 'account' && ZENDESK[room] && !ZENDESK[room].includes(other)) {
    return `zendesk/${room} must not import zendesk/${other}: it talks to it through the journal, or ${other} calls it`;
  }
  return undefined;
}

/** Outside the emulator its entries go by name, for a bridge one of them; inside, a file that did so would load the package a second time, past every rule. */
function judgeName(from, source) {
  if (isOfBridge(from) && source !== 'ringback/sip')
    return `${from} is part of a bridge: of this package it knows ringback/sip, not ${source}`;
  if (!from.startsWith('emulator/')) return undefined;
  return `${from} is part of the emulator and must not import ${source}, the package that it is in: what it may know it imports by path`;
}

const dependencyDirections = {
  meta: { type: 'problem' },
  create(context) {
    const from = place(context.filename);
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string') return;
      let complaint;
      if (source.startsWith('.')) complaint = judge(from, place(resolve(dirname(context.filename), source)));
      else if (isOwnName(source)) complaint = judgeName(from, source);
      if (complaint) context.report({ node, message: complaint });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    };
  },
};

const CLOCK_GLOBALS = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const CLOCK_MEMBERS = new Set(['Date.now', 'performance.now', 'Math.random', 'crypto.randomUUID', 'process.hrtime']);
const CLOCK_IMPORTS = new Set(['randomUUID', 'randomBytes', 'randomInt', 'setTimeout', 'setInterval', 'performance']);
const CLOCK_MODULES = new Set(['node:crypto', 'crypto', 'node:timers', 'node:timers/promises', 'node:perf_hooks']);
const HINT = 'time and randomness come from emulator/core (Clock, Random)';

const injectedTime = {
  meta: { type: 'problem' },
  create(context) {
    const report = (node, what) => context.report({ node, message: `${what} outside core: ${HINT}` });
    return {
      CallExpression(node) {
        const { callee } = node;
        if (callee.type === 'Identifier' && CLOCK_GLOBALS.has(callee.name)) report(node, callee.name);
      },
      MemberExpression(node) {
        const name =
          node.object.type === 'Identifier' && node.property.type === 'Identifier' ? `${node.object.name}.${node.property.name}` : '';
        if (CLOCK_MEMBERS.has(name)) report(node, name);
      },
      NewExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'new Date()');
      },
      ImportDeclaration(node) {
        if (!CLOCK_MODULES.has(node.source.value)) return;
        for (const specifier of node.specifiers) {
          if (specifier.type === 'ImportSpecifier' && CLOCK_IMPORTS.has(specifier.imported.name))
            report(specifier, specifier.imported.name);
        }
      },
    };
  },
};

export default {
  meta: { name: 'house' },
  rules: { 'dependency-directions': dependencyDirections, 'injected-time': injectedTime },
};
