/** A line in pieces of `room` characters at most, between words where there are some; with `whole`, a longer word is a piece, too. */
export function broken(line: string, room: number, whole = false): string[] {
  if (line.length <= room) return [line];
  const space = line.lastIndexOf(' ', room);
  const next = whole ? line.indexOf(' ', 1) : room;
  const end = space > 0 ? space : next;
  return end < 0 ? [line] : [line.slice(0, end), ...broken(line.slice(end).trimStart(), room, whole)];
}

/**
 * A line that goes on, where it is broken, below where it began: behind its indent, and behind `seen: `. Words stay whole: a URL or a
 * path is there to be copied.
 */
export function brokenLine(line: string, room: number): string {
  const [start = ''] = /^ *(?:seen: )?/.exec(line) ?? [];
  return start + broken(line.slice(start.length), room - start.length, true).join(`\n${' '.repeat(start.length)}`);
}
