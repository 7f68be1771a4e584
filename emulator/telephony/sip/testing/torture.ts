import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One message of the RFC 4475 corpus, with the answers that are right (`ok`) and those that are defensible (`weak`). */
export interface TortureMessage {
  name: string;
  file: string;
  section: string;
  class: 'valid' | 'invalid' | 'response';
  expected: string;
  ok: string[];
  weak: string[];
  forbid?: string[];
  only_cseq?: string;
  keep_branch?: boolean;
}

const folder = join(process.env['RINGBACK_SHARED'] ?? resolve(import.meta.dirname, '../../../../../shared'), 'sip-torture');

/** Where the corpus is; undefined when this machine does not have it. */
export const tortureFolder = existsSync(join(folder, 'index.json')) ? folder : undefined;

export function tortureMessages(): TortureMessage[] {
  if (tortureFolder === undefined) return [];
  return (JSON.parse(readFileSync(join(tortureFolder, 'index.json'), 'utf8')) as { messages: TortureMessage[] }).messages;
}

export function tortureBytes(message: TortureMessage): Buffer {
  return readFileSync(join(tortureFolder as string, message.file));
}

/** Whether a status (or silence) is what a rule of the corpus asks for. */
export function matchesRule(rule: string, status: number | 'silence'): boolean {
  if (rule === 'silence' || status === 'silence') return rule === status;
  if (rule === '4xx-not-400') return status >= 400 && status <= 499 && status !== 400;
  if (/^\dxx$/.test(rule)) return Math.floor(status / 100) === Number(rule[0]);
  return rule === String(status);
}
