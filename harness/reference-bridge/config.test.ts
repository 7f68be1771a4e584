import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const NEEDED = {
  ZENDESK_SUBDOMAIN: 'acme',
  ZENDESK_EMAIL: 'a@b.example',
  ZENDESK_API_TOKEN: 't',
  SIP_IN_URI: 'sip:l@acme.zendesk.sip.twilio.com',
};

test('defaults are those of a bridge against the real Zendesk', () => {
  expect(readConfig(NEEDED)).toMatchObject({
    zendeskUrl: 'https://acme.zendesk.com',
    outboundProxy: undefined,
    sip: { host: '127.0.0.1', port: 0 },
  });
});

test('reads what points it elsewhere', () => {
  const config = readConfig({
    ...NEEDED,
    ZENDESK_BASE_URL: 'http://h:1/zendesk/acme/',
    SIP_OUTBOUND_PROXY: '[::1]:5060',
    SIP_PORT: '5070',
  });
  expect(config).toMatchObject({ zendeskUrl: 'http://h:1/zendesk/acme', outboundProxy: { host: '::1', port: 5060 }, sip: { port: 5070 } });
});

test('says which variable is missing or wrong', () => {
  expect(() => readConfig({ ...NEEDED, ZENDESK_EMAIL: '' })).toThrow('ZENDESK_EMAIL is not set');
  expect(() => readConfig({ ...NEEDED, SIP_PORT: 'x' })).toThrow('SIP_PORT is "x"; expected a whole number');
  expect(() => readConfig({ ...NEEDED, SIP_OUTBOUND_PROXY: 'nowhere' })).toThrow('expected host:port');
  for (const name of ['lazy', 'toString'])
    expect(() => readConfig({ ...NEEDED, RINGBACK_BRIDGE_DEFECT: name })).toThrow('known defects: last-10-digits');
});
