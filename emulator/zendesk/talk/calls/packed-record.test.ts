import { expect, test } from 'vitest';
import { createCore } from '../../../core/core.ts';
import { freshSipInLine } from '../lines/apply.ts';
import type { CallRecord, TalkLeg } from './entities.ts';
import { FRESH_CALL, FRESH_LEG, newCall, newLeg } from './new-records.ts';
import { packedRecord } from './packed-record.ts';

const { ids } = createCore({ seed: 1 });
const now = Date.UTC(2026, 0, 5, 9);
const line = { ...freshSipInLine(7, 'support', 'acme.zendesk.sip.twilio.com'), recorded: true };
const call = newCall({ id: 1, ids, now, line, journey: ids.journey(), from: null });
const leg = newLeg({ id: 2, callId: 1, type: 'agent', now, agentId: 9 });
const calls = packedRecord(FRESH_CALL);
const legs = packedRecord(FRESH_LEG);

test('a call and a leg come back from the store as they were, whatever changed, from a fraction of the bytes', () => {
  const over: CallRecord = { ...call, completion_status: 'failed', duration: 0, hold_time: 3, voicemail: true, quality_issues: ['none'] };
  for (const record of [call, over]) expect(calls.unpack(JSON.parse(JSON.stringify(calls.pack(record))))).toEqual(record);
  const ended: TalkLeg = { ...leg, forwarded_to: '+14155550199', completion_status: 'agent_missed' };
  for (const record of [leg, ended]) expect(legs.unpack(JSON.parse(JSON.stringify(legs.pack(record))))).toEqual(record);
  expect(JSON.stringify(calls.pack(call)).length * 3).toBeLessThan(JSON.stringify(call).length);
});

test('a record that an earlier version wrote whole is read as it is', () => {
  expect(calls.unpack(JSON.parse(JSON.stringify(call)))).toEqual(call);
  expect(legs.unpack(JSON.parse(JSON.stringify(leg)))).toEqual(leg);
});

test('a property can be asked for in SQL, also one that is left out', () => {
  expect(calls.sql('doc', 'call_charge')).toBe(`coalesce(doc -> '$.call_charge', '"0.0"')`);
});
