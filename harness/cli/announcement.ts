import type { UpJson } from 'ringback/emulator';

/** What `ringback up` prints for people: every address and credential that a bridge needs. */
export function announcement(up: UpJson, { follows }: { follows: boolean }): string {
  const { account, line, sipIn, trunk, sip } = up;
  const none = '(none)';
  const sections: [title: string, rows: [name: string, value: string][]][] = [
    [
      'Zendesk REST API',
      [
        ['base URL', `${account.url}/api/v2`],
        ['subdomain', account.subdomain],
        ['e-mail', account.email],
        ['API token', account.apiToken],
      ],
    ],
    [
      'Telephone',
      [
        ['Talk line', line ? line.number : none],
        ['overflows to', line?.overflowTo ?? none],
      ],
    ],
    [
      'Trunk to your bridge',
      [
        ['number', trunk?.number ?? none],
        ['calls', trunk?.originationUri ?? '(nobody yet: start with --bridge sip:HOST:PORT)'],
      ],
    ],
    [
      'SIP-IN, where your bridge transfers to',
      [
        ['URI', sipIn?.uri ?? none],
        ['outbound proxy', `${sip.udp} (UDP)`],
        ['without a proxy', sipIn?.alias ?? none],
      ],
    ],
    ['Control plane', [['URL', up.controlUrl]]],
  ];
  const text = sections.map(([title, rows]) => [title, ...rows.map(([name, value]) => `  ${name.padEnd(16)}${value}`)].join('\n'));
  return `Ringback ${up.version} is up.\n\n${text.join('\n\n')}\n\n${invitation(up)}\n${follows ? 'What happens is printed here. ' : ''}Ctrl-C stops.\n\n`;
}

/** What to try first, ready to be copied. */
function invitation({ controlUrl, line }: UpJson): string {
  const post = (path: string, body: object): string => `curl -X POST ${controlUrl}${path} -d '${JSON.stringify(body)}'`;
  const call = `In another terminal, an agent to answer transfers, a call, and how it stands:
  ${post('/agents', { name: 'Grace Hopper' })}
  ${post('/calls', { from: '+14155550100' })}
  curl ${controlUrl}/journeys
`;
  return line ? call : '';
}
