import type { Json } from './event-json.ts';

export type JsonObject = { readonly [name: string]: Json };

/** One event before it has a recipient. The detail is built only if somebody wants it. */
export interface EventDraft {
  /** Full type: `zen:event-type:ticket.created`. */
  readonly type: string;
  /** `zen:ticket:35` */
  readonly subject: string;
  readonly detail: () => JsonObject;
  /** What changed; without `meta`. */
  readonly event: () => JsonObject;
  readonly ticket: number | null;
  /** How the envelope is marked: with ULIDs and nanoseconds for agents and messages (documented), else as Support's (recorded). */
  readonly marks?: 'ulid';
}

/** Ids are strings in events, null when empty. */
export function idText(id: unknown): string | null {
  return id === null || id === undefined ? null : String(id);
}

/** Enumerations are upper case in events, null when empty. */
export function upper(value: unknown): string | null {
  return typeof value === 'string' ? value.toUpperCase() : null;
}

/** Which items came and which went. */
export function difference(previous: unknown, current: unknown): { added: string[]; removed: string[] } {
  const before = texts(previous);
  const after = texts(current);
  return { added: after.filter((item) => !before.includes(item)), removed: before.filter((item) => !after.includes(item)) };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** A change's value as it is; what is undefined is null. */
export function plain(value: unknown): Json {
  return (value ?? null) as Json;
}
