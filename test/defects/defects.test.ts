import { describe, expect, test } from 'vitest';
import { DEFECTS, type Defect } from '../../harness/reference-bridge/defects.ts';
import { runScenarios } from './run-scenarios.ts';

interface Detection {
  /** The scenario file that catches it. */
  readonly file: string;
  readonly scenario: string;
  /** What its message says, in the words of the trade. */
  readonly says: readonly RegExp[];
}

/** Which bundled scenario catches each seeded defect of the reference bridge, and how it names what is wrong. */
const DETECTIONS: Readonly<Record<Defect, Detection>> = {
  'last-10-digits': {
    file: 'scenarios/inbound/several-callers.scenario.ts',
    scenario: 'the ticket of Maine +1 207 946 0018 does not go to London +44 20 7946 0018, who waits for theirs',
    says: [/expected the call of \+442079460018 to stay linked to no ticket/, /the bridge linked it to ticket \d+, another call's/],
  },
  'search-users-by-phone': {
    file: 'scenarios/inbound/shared-number.scenario.ts',
    scenario: 'a number that several people share is nobody’s',
    says: [
      /name is "Grace Brewster", not "Caller \+1 \(415\) 555-0142"/,
      /it never read the ticket's requester/,
      /it searched users by phone instead: .*that search is fuzzy/,
    ],
  },
  'drop-ticket-header': {
    file: 'scenarios/inbound/headline.scenario.ts',
    scenario: 'a caller whom the bridge answers reaches a human, with their ticket',
    says: [
      /to be bound to ticket \d+ by its transfer/,
      /Talk made ticket \d+ for the transfer, because its INVITE had no X-Zendesk-Ticket-Id/,
    ],
  },
  'own-number-in-from': {
    file: 'scenarios/inbound/headline.scenario.ts',
    scenario: 'a caller whom the bridge answers reaches a human, with their ticket',
    says: [
      /screen to show \+14155550100 as the caller/,
      /it shows \+14155550199 \(the bridge's own number\); From of the transfer's INVITE is/,
    ],
  },
  'signature-unchecked': {
    file: 'scenarios/faults/webhook-signature.scenario.ts',
    scenario: 'a signature that does not fit is refused, and nothing is linked',
    says: [/to have its webhook refused by the bridge/, /ticket\.created was delivered and answered 200/],
  },
  'webhook-not-idempotent': {
    file: 'scenarios/faults/saving-the-connection.scenario.ts',
    scenario: 'saving it twice leaves one webhook, and it works',
    says: [/expected account acme to have 1 webhook/, /the bridge made one with POST \/api\/v2\/webhooks/],
  },
  'webhooks-in-order': {
    file: 'scenarios/inbound/shuffled-webhooks.scenario.ts',
    scenario: 'three callers, their webhooks shuffled: each gets their own ticket',
    says: [
      /expected the call of \+\d+ to be correlated with ticket \d+/,
      /the bridge linked the call to ticket \d+, not \d+: another call's ticket/,
    ],
  },
};

const MINUTE = 60_000;

describe('the bundled scenarios catch what real bridges do wrong', () => {
  test(
    'the healthy bridge passes them',
    async () => {
      const files = new Set(Object.values(DETECTIONS).map(({ file }) => file));
      const { exitCode, outcomes } = await runScenarios([...files]);
      expect(outcomes.filter(({ passed }) => !passed)).toEqual([]);
      expect(outcomes.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(DETECTIONS).map(({ scenario }) => scenario)));
      expect(exitCode).toBe(0);
    },
    MINUTE,
  );

  test.each(Object.entries(DEFECTS).map(([defect, meaning]) => ({ defect: defect as Defect, meaning })))(
    'a bridge that $meaning',
    async ({ defect }) => {
      const { file, scenario, says } = DETECTIONS[defect];
      const { exitCode, outcomes } = await runScenarios([file], { only: scenario, env: { RINGBACK_BRIDGE_DEFECT: defect } });
      const outcome = outcomes.find(({ name }) => name === scenario);
      expect(outcome).toMatchObject({ passed: false });
      for (const words of says) expect(outcome?.message).toMatch(words);
      expect(exitCode).toBe(1);
    },
    MINUTE,
  );
});
