import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { Records } from '../../../core/records.ts';
import type { SupportContext } from '../context.ts';
import type { Attachment, Defaults } from '../entities.ts';
import { type AttachmentService, type FileDraft, PICTURE } from '../files/attachments.ts';
import { blank, invalidValue, recordInvalid, recordNotFound, taken } from '../errors.ts';
import { replaceInTickets } from '../tickets/replace-in-tickets.ts';
import type { Brand, BrandDraft } from './entities.ts';

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const LOGO_TYPES = ['image/png', 'image/jpeg', 'image/jpg', 'image/gif'];
const SIGNATURE = '{{agent.signature}}';

interface BrandHost {
  readonly account: string;
  readonly brandId: number;
}

/** Brands (vendor article "Brands"). Which is the default lies with the account. */
export class BrandService {
  readonly #context: SupportContext;
  readonly #brands: Collection<Brand>;
  readonly #lists: Memo<readonly Brand[]>;
  readonly #living: Memo<readonly Brand[]>;
  readonly #hosts: Memo<ReadonlyMap<string, BrandHost>>;
  readonly #defaults: (account: string) => Defaults;
  readonly #files: AttachmentService;

  constructor(context: SupportContext, defaults: (account: string) => Defaults, files: AttachmentService) {
    this.#context = context;
    this.#files = files;
    this.#defaults = defaults;
    this.#brands = context.core.store.collection<Brand>({ name: 'brands', key: ({ id }) => id });
    this.#lists = new Memo(this.#brands);
    this.#living = new Memo(this.#brands);
    this.#hosts = new Memo(this.#brands);
    context.accounts.brandHosts = (host) => this.named(host);
  }

  /** The one of a new account. */
  found(account: string): void {
    const { brand } = this.#context.accounts.expect(account);
    this.#brands.insert(account, this.#bare(account, brand.id, brand.name, account));
  }

  list(account: string): readonly Brand[] {
    return this.#living.get(account, () => this.#all(account).filter((brand) => !brand.is_deleted));
  }

  withDeleted(account: string): readonly Brand[] {
    return this.#all(account);
  }

  isDefault(account: string, { id }: Brand): boolean {
    return this.#context.accounts.expect(account).brand.id === id;
  }

  /** The brand that has the account's Help Center: the one that it began with. */
  hasGuide(account: string, { id }: Brand): boolean {
    return id === (this.#defaults(account).guide_brand_id ?? this.#context.accounts.expect(account).brand.id);
  }

  /** Whose subdomain or host it is, in lower case; of every account. */
  named(host: string): BrandHost | undefined {
    const hosts = this.#hosts.get('', () => {
      const found = new Map<string, BrandHost>();
      for (const [account, brand] of this.#brands.everywhere())
        for (const name of namesOf(brand)) found.set(name, { account, brandId: brand.id });
      return found;
    });
    return hosts.get(host);
  }

  /** What no other account may have beside these records, in words. */
  claims(records: Records): string[] {
    return records(this.#brands).flatMap((brand) => namesOf(brand).map((name) => `host name ${name}`));
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): Brand {
    const brand = this.list(account).find((each) => each.id === id);
    if (!brand) throw recordNotFound();
    return brand;
  }

  /** @throws ApiError 422 */
  create(account: string, draft: BrandDraft): Brand {
    return this.#keep(account, this.#bare(account, this.#context.ids(account)(), '', ''), draft);
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, patch: BrandDraft): Brand {
    return this.#keep(account, this.expect(account, id), patch);
  }

  /**
   * Tickets that are not closed get the default brand; nobody visits its Help Center any more (vendor article "Deactivating and
   * deleting brands"). @throws ApiError 404, or 422 for the default brand
   */
  delete(account: string, id: number): void {
    const brand = this.expect(account, id);
    if (this.isDefault(account, brand)) throw defaultStays('deleted');
    const heir = this.#context.accounts.expect(account).brand.id;
    this.#context.core.store.transaction(() => {
      this.#brands.put(account, { ...brand, active: false, is_deleted: true, updated_at: this.#context.now(account) });
      replaceInTickets(this.#context, account, { property: 'brand_id', gone: id, heir, of: ({ status }) => status !== 'closed' });
    });
  }

  /** @throws ApiError 404, or 422 for what is no PNG, JPEG or GIF (documented; wording inferred) */
  setLogo(account: string, id: number, file: Omit<FileDraft, 'token'>): Brand {
    const before = this.expect(account, id);
    if (!LOGO_TYPES.includes(file.contentType)) throw invalidValue('logo', 'Logo', file.contentType);
    return this.#context.core.store.transaction(() => this.#withLogo(account, before, this.#files.keep(account, file, PICTURE)));
  }

  /** @throws ApiError 404 */
  deleteLogo(account: string, id: number): void {
    this.#context.core.store.transaction(() => this.#withLogo(account, this.expect(account, id)));
  }

  #withLogo(account: string, { logo: old, ...rest }: Brand, logo?: Attachment): Brand {
    if (old) this.#files.erase(account, [old]);
    const brand: Brand = { ...rest, ...(logo ? { logo } : {}), updated_at: this.#context.now(account) };
    this.#brands.put(account, brand);
    return brand;
  }

  /** Whether the brand that had the Help Center was deleted with it. */
  isGuideGone(account: string): boolean {
    return this.#all(account).some((brand) => brand.is_deleted && this.hasGuide(account, brand));
  }

  #all(account: string): readonly Brand[] {
    return this.#lists.get(account, () => this.#brands.find(account));
  }

  #keep(account: string, before: Brand, patch: BrandDraft): Brand {
    const wasDefault = this.isDefault(account, before);
    const name = (patch.name ?? before.name).trim();
    if (name === '') throw blank('name', 'Name');
    const subdomain = (patch.subdomain ?? before.subdomain).toLowerCase();
    if (subdomain === '') throw blank('subdomain', 'Subdomain');
    if (!SUBDOMAIN.test(subdomain)) throw invalidValue('subdomain', 'Subdomain', subdomain);
    if (this.#isTaken(account, before, subdomain)) throw taken('subdomain', 'Subdomain');
    const host = patch.host_mapping === undefined ? before.host_mapping : patch.host_mapping || null;
    if (host !== null && !HOST.test(host)) throw invalidValue('host_mapping', 'Host mapping', host);
    if (host !== null && this.#isTaken(account, before, host.toLowerCase())) throw taken('host_mapping', 'Host mapping');
    const active = patch.active ?? before.active;
    const isDefault = patch.default ?? wasDefault;
    if (!active && isDefault) throw defaultStays('deactivated');
    if (wasDefault && !isDefault) throw defaultStays('one that is not the default');
    const signature = patch.signature_template ?? before.signature_template;
    const forms = patch.ticket_form_ids ?? before.ticket_form_ids;
    const own = { name, subdomain, host_mapping: host, active, signature_template: signature, ticket_form_ids: forms };
    const brand = { ...before, ...own, updated_at: this.#context.now(account) };
    this.#context.core.store.transaction(() => {
      this.#brands.put(account, brand);
      if (isDefault && !wasDefault) this.#makeDefault(account, brand);
    });
    return brand;
  }

  /** The Help Center stays where it is. */
  #makeDefault(account: string, { id }: Brand): void {
    const { accounts, collections } = this.#context;
    const defaults = this.#defaults(account);
    collections.defaults.put(account, { ...defaults, guide_brand_id: defaults.guide_brand_id ?? accounts.expect(account).brand.id });
    accounts.update(account, { brandId: id });
  }

  /** By another brand, of this or another account, as the name of another account, or by the emulator itself. */
  #isTaken(account: string, { id }: Brand, name: string): boolean {
    if (name === new URL(this.#context.accounts.baseUrl).hostname) return true;
    const holder = this.named(name);
    if (holder && !(holder.account === account && holder.brandId === id)) return true;
    const other = name.replace(/\.zendesk\.com$/, '');
    return other !== account && this.#context.accounts.get(other) !== undefined;
  }

  #bare(account: string, id: number, name: string, subdomain: string): Brand {
    const now = this.#context.now(account);
    const rest = { active: true, signature_template: SIGNATURE, ticket_form_ids: null, is_deleted: false };
    return { id, name, subdomain, host_mapping: null, ...rest, created_at: now, updated_at: now };
  }
}

/** By which requests find the brand, in lower case. */
function namesOf({ subdomain, host_mapping, is_deleted }: Brand): string[] {
  if (is_deleted) return [];
  return [subdomain, `${subdomain}.zendesk.com`, ...(host_mapping ? [host_mapping.toLowerCase()] : [])];
}

function defaultStays(what: string): ReturnType<typeof recordInvalid> {
  return recordInvalid({ base: [{ description: `Brand: the default brand cannot be ${what}`, error: 'InvalidValue' }] });
}
