import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

/** The relative links of a Markdown document that lead to no file or folder, or to no heading of a document. */
export function deadLinks(folder: string, document: string): string[] {
  const text = withoutCode(readFileSync(join(folder, document), 'utf8'));
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z]+:/i.test(target) && !leads(folder, document, target));
}

function leads(folder: string, document: string, target: string): boolean {
  const [path = '', heading] = decodeURI(target).split('#');
  const file = path === '' ? document : normalize(join(dirname(document), path));
  if (file.startsWith('..') || !existsSync(join(folder, file))) return false;
  if (heading === undefined) return true;
  return statSync(join(folder, file)).isFile() && headings(readFileSync(join(folder, file), 'utf8')).includes(heading);
}

/** The names by which the headings of a document are linked to. */
function headings(markdown: string): string[] {
  return [...withoutCode(markdown).matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

const withoutCode = (markdown: string): string => markdown.replaceAll(/^```[^]*?^```/gm, '');
