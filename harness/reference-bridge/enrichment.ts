import type { ZendeskClient, ZendeskUser } from './zendesk-client.ts';

/** What the bridge knows of the person on the line. */
export interface Contact {
  readonly zendeskUserId: number;
  readonly externalId: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  /** User fields as they are, organization fields with `org_` in front. */
  readonly customData: Readonly<Record<string, unknown>>;
}

/** Builds the contact from a user and the organization that the user belongs to. */
export async function contactOf(zendesk: ZendeskClient, user: ZendeskUser): Promise<Contact> {
  const organization = user.organization_id === null ? undefined : await zendesk.organization(user.organization_id);
  const prefixed = Object.entries(organization?.organization_fields ?? {}).map(([key, value]) => [`org_${key}`, value]);
  return {
    zendeskUserId: user.id,
    externalId: user.external_id,
    name: user.name,
    email: user.email,
    phone: user.phone,
    customData: { ...user.user_fields, ...Object.fromEntries(prefixed) },
  };
}
