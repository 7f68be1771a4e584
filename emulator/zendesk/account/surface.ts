/** How faithfully a route is emulated, why we think so, and which test files show it. Rooms list all of theirs. */
export interface SurfaceRow {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path under `/api/v2`, parameters in braces as the vendor writes them. */
  readonly path: string;
  readonly status: 'full' | 'partial' | 'none';
  readonly evidence: 'documented' | 'recorded' | 'inferred' | 'reference';
  readonly tests: readonly string[];
  /** What is missing, for `partial`. */
  readonly note?: string;
}
