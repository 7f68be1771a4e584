import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import { invalidValue, recordInvalid } from '../errors.ts';
import type { AttachmentService, FileDraft } from '../files/attachments.ts';
import type { MacroAttachment } from './entities.ts';

/** Of one macro (vendor article "Macros", Create Macro Attachment). */
const MOST = 5;
/** Files that no macro took are purged "from time to time" (documented): with the next one, when they are a day old (inferred). */
const KEPT_MS = 86_400_000;
const HOLDER = 'macro';

/** Files that macros add to the comments they write. */
export class MacroAttachments {
  readonly #context: SupportContext;
  readonly #rows: Collection<MacroAttachment>;
  readonly #files: AttachmentService;

  constructor(context: SupportContext, rows: Collection<MacroAttachment>, files: AttachmentService) {
    this.#context = context;
    this.#rows = rows;
    this.#files = files;
  }

  get(account: string, id: number): MacroAttachment | undefined {
    return this.#rows.get(account, id);
  }

  of(account: string, macroId: number): MacroAttachment[] {
    return this.#rows.find(account, { where: { macro_id: macroId } });
  }

  /** Without a macro it waits for one. @throws ApiError 422 for one file too many */
  create(account: string, draft: FileDraft, macroId: number | null): MacroAttachment {
    return this.#context.core.store.transaction(() => {
      if (macroId !== null && this.of(account, macroId).length >= MOST) throw tooMany();
      this.#purge(account);
      const { id, token, file_name, content_type, size } = this.#files.keep(account, draft, HOLDER);
      const row = { id, token, filename: file_name, content_type, size, macro_id: macroId, created_at: this.#context.now(account) };
      this.#rows.insert(account, row);
      return row;
    });
  }

  /** The macro has these and no other. @throws ApiError 422 for a file that is unknown or another macro's, or one too many */
  associate(account: string, macroId: number, ids: readonly number[]): void {
    if (ids.length > MOST) throw tooMany();
    const wanted = ids.map((id) => {
      const row = this.get(account, id);
      if (!row || (row.macro_id !== null && row.macro_id !== macroId)) throw invalidValue('attachments', 'Attachments', id);
      return row;
    });
    for (const row of this.of(account, macroId)) if (!ids.includes(row.id)) this.#delete(account, row);
    for (const row of wanted) if (row.macro_id === null) this.#rows.put(account, { ...row, macro_id: macroId });
  }

  /** The macro is gone. */
  forget(account: string, macroId: number): void {
    for (const row of this.of(account, macroId)) this.#delete(account, row);
  }

  #purge(account: string): void {
    const before = this.#context.core.businessClock(account).now() - KEPT_MS;
    for (const row of this.#rows.find(account, { where: { waiting: 1 } }))
      if (Date.parse(row.created_at) <= before) this.#delete(account, row);
  }

  #delete(account: string, row: MacroAttachment): void {
    this.#files.erase(account, [row]);
    this.#rows.delete(account, row.id);
  }
}

function tooMany(): Error {
  return recordInvalid({ attachments: [{ description: `Attachments: at most ${MOST} for each macro`, error: 'TooManyValues' }] });
}
