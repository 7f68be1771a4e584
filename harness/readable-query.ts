/** A query for people: without its escapes, or as it came where one of them is broken. */
export function readableQuery(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}
