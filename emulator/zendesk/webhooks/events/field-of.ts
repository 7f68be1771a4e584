import type { Field } from '../../support/index.ts';

/** Who knows a custom field by its key, or by its id. */
export type FieldOf = (account: string, owner: Field['owner'], idOrKey: string) => Pick<Field, 'id' | 'title' | 'type'> | undefined;
