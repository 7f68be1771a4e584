// Preloaded into the Node programs that a test starts (see sent-by-children.ts): writes down each shape of SIP message that they send.
// In plain JavaScript, because other programs that run on Node, npm among them, load it too and may run on an older one.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = process.env.RINGBACK_SENT_MESSAGES;
const shapes = new Set();
let shapeOf;

function tell({ bytes, deliberate }) {
  if (deliberate) return;
  shapeOf ??= createRequire(import.meta.url)('./message-shape.ts').shapeOf;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  const shape = shapeOf(text);
  if (shapes.has(shape)) return;
  shapes.add(shape);
  // At once: whoever is killed says nothing more.
  try {
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(text)}\n`);
  } catch {
    // The test is over and clears away: nobody reads this any more, and the program must not fail by it.
  }
}

if (folder) subscribe('ringback:sip:sent', tell);
