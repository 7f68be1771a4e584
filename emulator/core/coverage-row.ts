/** One thing that a vendor or a standard has, and how we have it. Rooms list theirs in `surface.ts`; docs/coverage.md shows them all. */
export interface CoverageRow {
  readonly status: 'full' | 'partial' | 'none';
  readonly evidence: 'documented' | 'recorded' | 'inferred' | 'reference';
  /** Test files, from the root of the repository. */
  readonly tests: readonly string[];
  /** What is missing, or differs. */
  readonly note?: string;
}

/** A behaviour that is no HTTP route: an answer on the wire, a rule of routing. */
export interface BehaviourRow extends CoverageRow {
  readonly what: string;
}
