/** A language that Zendesk speaks: its number and its code, as `locale_id` and `locale` have them. */
export interface Language {
  readonly id: number;
  readonly locale: string;
}

/**
 * Numbers of languages (reference: the map that Zendesk's own widget carries). Zendesk has more; users here can
 * speak these.
 */
export const LANGUAGES: readonly Language[] = Object.entries({
  'en-US': 1,
  es: 2,
  de: 8,
  'zh-tw': 9,
  'zh-cn': 10,
  pl: 13,
  fr: 16,
  'pt-br': 19,
  it: 22,
  ro: 23,
  vi: 26,
  ru: 27,
  he: 30,
  no: 34,
  ar: 66,
  ja: 67,
  ko: 69,
  hr: 74,
  id: 77,
  cs: 78,
  th: 81,
  fi: 84,
  tr: 88,
  sv: 92,
  el: 93,
  bg: 94,
  da: 1000,
  sk: 1003,
  nl: 1005,
  hu: 1009,
  pt: 1011,
  ca: 1075,
  uk: 1173,
  'en-gb': 1176,
  'en-ca': 1181,
  'es-es': 1186,
  'fr-ca': 1187,
  'es-419': 1194,
  'en-au': 1277,
  hi: 1303,
}).map(([locale, id]) => ({ id, locale }));

/** What everybody speaks who has not said otherwise. */
const ENGLISH: Language = { id: 1, locale: 'en-US' };

/** By number; undefined for one that there is not. */
export function languageOf(id: unknown): Language | undefined {
  return LANGUAGES.find((language) => String(language.id) === String(id));
}

/** By code, in any case; undefined for one that there is not. */
export function languageOfCode(code: unknown): Language | undefined {
  return LANGUAGES.find(({ locale }) => locale.toLowerCase() === String(code).toLowerCase());
}

/** What somebody speaks. */
export function spokenBy(user: { readonly locale_id?: number } | undefined): Language {
  return (user?.locale_id === undefined ? undefined : languageOf(user.locale_id)) ?? ENGLISH;
}

let names: Intl.DisplayNames | undefined;

/** Its name in English: `English` for the one that everybody begins with, `Portuguese (Brazil)`. */
export function languageName({ id, locale }: Language): string {
  names ??= new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
  return id === ENGLISH.id ? 'English' : (names.of(locale) ?? locale);
}
