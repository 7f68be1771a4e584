import { createInventor } from '../../core/people.ts';
import type { Random } from '../../core/random.ts';
import type { Seed } from './seed.ts';

/** The seed with the people and companies that it asks for by number (`invent`) written out, each person in one of the companies. */
export async function withInvented(seed: Seed, random: Random): Promise<Seed> {
  const { invent, ...rest } = seed;
  if (!invent) return seed;
  const inventor = await createInventor(random.fork(`people of ${seed.subdomain ?? ''}`));
  const companies = Array.from({ length: invent.organizations ?? 0 }, () => ({ name: inventor.company() }));
  const users = Array.from({ length: invent.users ?? 0 }, (_, index) => {
    const company = companies[index % (companies.length || 1)];
    return { ...inventor.person(), ...(company ? { organization: company.name } : {}) };
  });
  return { ...rest, organizations: [...(rest.organizations ?? []), ...companies], users: [...(rest.users ?? []), ...users] };
}
