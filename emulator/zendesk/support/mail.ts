import type { SupportContext } from './context.ts';

export interface MailNote {
  /** To whom; nobody (null) when the emulator itself asked. */
  readonly userId: number | null;
  /** In a few words. */
  readonly about: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** An e-mail that Zendesk sends of itself. Ringback sends none: the journal says that it would go out, and what is in it. */
export function noteMail({ core, collections }: SupportContext, account: string, { userId, about, data = {} }: MailNote): void {
  const to = userId === null ? null : (collections.users.get(account, userId)?.email ?? null);
  core.journal.append({
    kind: 'mail.due',
    account,
    from: 'zendesk',
    label: `e-mail to ${to ?? 'nobody'}: ${about}`,
    data: { to, about, ...data },
  });
}
