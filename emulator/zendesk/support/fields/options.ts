import type { FieldOptionDraft } from '../drafts.ts';
import type { FieldOption } from '../entities.ts';
import { blank, invalidValue, recordInvalid, recordNotFound, taken } from '../errors.ts';

/** Options of one field (vendor article "Ticket Fields"). */
const MOST_OPTIONS = 2_000;

/** The options of a list that replaces all. @throws ApiError 422 for bad or doubled values, or too many */
export function optionList(drafts: readonly FieldOptionDraft[], present: readonly FieldOption[], ids: () => number): FieldOption[] {
  if (drafts.length > MOST_OPTIONS)
    throw recordInvalid({ custom_field_options: [{ description: `Options: at most ${MOST_OPTIONS} options`, error: 'TooManyValues' }] });
  const bad = drafts.find((draft) => !isWord(draft.name) || !isWord(draft.value));
  if (bad) throw invalidValue('custom_field_options', 'Options', bad);
  const values = drafts.map(({ value }) => value);
  if (new Set(values).size < values.length) throw taken('custom_field_options', 'Options');
  // Without the id of an option an option keeps the one that its value had.
  const idOf = ({ id, value }: FieldOptionDraft): number =>
    (present.find((option) => option.id === id) ?? present.find((option) => option.value === value))?.id ?? ids();
  return drafts.map((draft, position) => ({ id: idOf(draft), name: draft.name, value: draft.value, position }));
}

export interface OptionWrite {
  id?: number | null;
  name?: string | null;
  value?: string | null;
  position?: number | null;
}

/** The list with the option of the given id changed, or with one more where there is none of it. @throws ApiError 422 */
export function withOption(
  present: readonly FieldOption[],
  write: OptionWrite,
  ids: () => number,
): { list: FieldOption[]; option: FieldOption } {
  const before = write.id ? present.find(({ id }) => id === write.id) : undefined;
  const name = write.name ?? before?.name;
  const value = write.value ?? before?.value;
  if (!isWord(name)) throw blank('name', 'Name');
  if (!isWord(value)) throw blank('value', 'Value');
  const others = present.filter((each) => each !== before);
  if (others.some((each) => each.value === value)) throw taken('value', 'Value');
  if (others.length >= MOST_OPTIONS) throw recordInvalid({ base: [{ description: `Options: at most ${MOST_OPTIONS} options` }] });
  const position = Math.min(Math.max(write.position ?? before?.position ?? others.length, 0), others.length);
  const option: FieldOption = { id: before?.id ?? ids(), name, value, position };
  return { list: numbered(others.toSpliced(position, 0, option)), option };
}

/** @throws ApiError 404 */
export function withoutOption(present: readonly FieldOption[], id: number): FieldOption[] {
  const left = present.filter((option) => option.id !== id);
  if (left.length === present.length) throw recordNotFound();
  return numbered(left);
}

function numbered(options: readonly FieldOption[]): FieldOption[] {
  return options.map((option, position) => ({ ...option, position }));
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
