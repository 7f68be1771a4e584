import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askDesk } from '../bridge/desk-client.ts';
import { ControlError } from '../emulator/control-error.ts';
import type { AgentView } from '../emulator/drafts.ts';
import type { JourneyView } from '../emulator/journey-view.ts';
import type { Trace } from '../report/trace.ts';
import { Agent } from './actors/agent.ts';
import { observe } from './observe.ts';
import type { ScenarioOptions } from './options.ts';
import { Stage } from './stage.ts';
import type { Wire } from './wire.ts';
import { createWorld, type World } from './world.ts';

/** How long calls that a scenario left on may take to end, in milliseconds. */
const TIDY_WITHIN = 2_000;

/** Brings account and bridge back to how they were after they connected, and sets the scenario's stage. */
export async function beginScenario(wire: Wire, name: string, options: ScenarioOptions): Promise<World> {
  const { control, run, log } = wire;
  await askDesk(run.desk, '/prepare');
  const { seq: since } = await control.note(`scenario: ${name}`);
  const stage = new Stage({ run, control, log, since });
  if (options.bridgeEnv) await askDesk(run.desk, '/restart', { env: options.bridgeEnv });
  const agents = await applyOptions(stage, options);
  return createWorld(stage, options, agents);
}

async function applyOptions(stage: Stage, options: ScenarioOptions): Promise<Agent[]> {
  const { control } = stage;
  const { ticketTiming, webhookDelayMs, settings } = options;
  const talk = ticketTiming === undefined ? {} : { talk: { omnichannel: ticketTiming !== 'call_end', ticketTiming } };
  const delay = webhookDelayMs === undefined ? {} : { webhookDelayMs };
  if (settings || ticketTiming !== undefined || webhookDelayMs !== undefined)
    await control.changeSettings({ ...talk, ...delay, ...settings });
  stage.longestDelayMs = typeof webhookDelayMs === 'number' ? webhookDelayMs : (webhookDelayMs?.[1] ?? 0);
  const added: AgentView[] = [];
  for (const agent of options.agents ?? []) added.push(await control.addAgent(agent));
  for (const fault of options.faults ?? []) await control.addFault(fault);
  const views = [...added, ...(await control.agents()).filter((view) => !added.some(({ id }) => id === view.id))];
  return views.map((view) => new Agent(stage, view));
}

/** Ends what is still on, and writes the trace. @returns the trace's file */
export async function endScenario({ stage }: World, fileName: string): Promise<string> {
  await tidy(stage).catch(() => {
    // Emulator gone: what is in the log so far is all there is.
  });
  const journeys = await stage.control.journeys().catch(() => [] as JourneyView[]);
  const entries = stage.log.broken ? stage.log.read({ since: stage.since }) : (await stage.control.journal({ since: stage.since })).entries;
  const { account } = stage.control;
  const trace: Trace = {
    account,
    journeys,
    entries: entries.filter((entry) => entry.account === null || entry.account === account),
    expectations: stage.expectations,
  };
  const file = join(stage.run.traceDir, `${fileName}.json`);
  writeFileSync(file, JSON.stringify(trace));
  stage.log.forget(stage.since);
  return file;
}

/** Hangs up for everybody, and waits until the journeys are finished. */
async function tidy(stage: Stage): Promise<void> {
  const live = await stage.control.journeys('live');
  for (const { id } of live) await hangUpAll(stage, id);
  const look = async () => {
    const left = await stage.control.journeys('live');
    return { holds: left.length === 0, over: false, seen: [] };
  };
  if (live.length > 0) await observe(stage, look, { negated: false, nature: 'event', withinMs: TIDY_WITHIN });
}

async function hangUpAll(stage: Stage, journey: string): Promise<void> {
  for (const party of ['caller', 'agent'] as const) {
    await stage.control.hangUp(journey, party).catch((error: unknown) => {
      if (!(error instanceof ControlError) || error.status === 0) throw error;
    });
  }
}
