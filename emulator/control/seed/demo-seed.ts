import type { Seed } from './seed.ts';

/**
 * The account that `ringback up` starts with when no seed is given: a caller who is known, their company with fields of
 * its own, and two people whose numbers share their last ten digits.
 */
export const demoSeed: Seed = {
  subdomain: 'acme',
  email: 'admin@acme.example',
  apiToken: 'acme-demo-api-token',
  organization_fields: [
    { key: 'plan', type: 'text', title: 'Plan' },
    { key: 'account_manager', type: 'text', title: 'Account manager' },
  ],
  user_fields: [
    { key: 'loyalty_tier', type: 'text', title: 'Loyalty tier' },
    { key: 'customer_since', type: 'date', title: 'Customer since' },
  ],
  organizations: [
    {
      name: 'Analytical Engines',
      external_id: 'org-1815',
      domain_names: ['analytical-engines.example'],
      organization_fields: { plan: 'enterprise', account_manager: 'Charles Babbage' },
    },
    { name: 'Harbour Tea', external_id: 'org-1773', organization_fields: { plan: 'team', account_manager: 'Abigail Adams' } },
  ],
  users: [
    {
      name: 'Ada Lovelace',
      email: 'ada@analytical-engines.example',
      phone: '+14155550100',
      external_id: 'crm-1',
      organization: 'Analytical Engines',
      user_fields: { loyalty_tier: 'gold', customer_since: '2019-12-10' },
    },
    {
      name: 'Mary Somerville',
      email: 'mary@harbour-tea.example',
      phone: '+442079460018',
      external_id: 'crm-2',
      organization: 'Harbour Tea',
      user_fields: { loyalty_tier: 'silver', customer_since: '2022-03-26' },
    },
    {
      name: 'Paul Revere',
      email: 'paul@harbour-tea.example',
      phone: '+12079460018',
      external_id: 'crm-3',
      organization: 'Harbour Tea',
      user_fields: { loyalty_tier: 'bronze', customer_since: '2024-04-18' },
    },
  ],
  groups: [{ name: 'Support' }, { name: 'Voice AI' }],
  talk: {
    omnichannel: true,
    lines: [{ number: '+14155550150', nickname: 'Main line', group: 'Voice AI', overflowTo: '+14155550199', voicemail: false }],
    sipIn: [{ nickname: 'Support SIP', user: 'support', group: 'Support', voicemail: false }],
  },
  trunk: { number: '+14155550199', domainName: 'acme.pstn.twilio.com' },
};
