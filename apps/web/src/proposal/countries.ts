import { plain } from '../plain';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes the browser names that are no country. */
const notCountries = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB', 'VN']);

const named = (language: string) => {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return letters.flatMap((first) =>
    letters.flatMap((second) => {
      const code = first + second;
      const name = notCountries.has(code) ? undefined : names.of(code);
      return name === undefined ? [] : [{ code, name }];
    }),
  );
};

const vietnamese = named('vi');
const byName = new Map(
  [...named('en'), ...vietnamese].map(({ code, name }) => [plain(name).replace(/[^a-z]/g, ''), code] as const),
);

/** In Vietnamese, as the official form is written. */
export const countryNames: readonly string[] = vietnamese
  .map(({ name }) => name)
  .sort((a, b) => a.localeCompare(b, 'vi'));

/** ISO 3166-1 alpha-2 of a name in Vietnamese or English; undefined when it is not recognised. */
export const countryCode = (name: string): string | undefined => byName.get(plain(name).replace(/[^a-z]/g, ''));
