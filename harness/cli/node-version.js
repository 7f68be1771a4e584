// In plain JavaScript that any Node reads: it tells those that are too old. Run by itself (`npm test` does, before vitest) it ends with
// exit code 1 on such a Node.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LEAST = [22, 18];

/** What is wrong with the Node that runs this, in one line that says what to do; undefined when nothing is. */
export function complaintAboutNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return undefined;
  const inRepository = existsSync(new URL('./main.ts', import.meta.url));
  const remedy = inRepository
    ? 'run `npm ci` with install scripts allowed, which brings the right Node along, or use a newer one'
    : 'use a newer one, or add the npm package "node" to your project and allow its install script';
  return `ringback: needs Node ${LEAST.join('.')} or newer, this is ${version}; ${remedy}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const complaint = complaintAboutNode();
  if (complaint) {
    process.stderr.write(`${complaint}\n`);
    process.exitCode = 1;
  }
}
