import { visible } from '../visible.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for HTML, in elements and in quoted attributes; control characters other than line breaks are made visible. */
export function escape(text: string): string {
  return visible(text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string));
}
