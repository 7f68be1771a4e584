import { type Request, Router } from 'express';
import type { AgentDraft, Answers, Presence, WorkspaceAgent } from '../../zendesk/workspace/index.ts';
import { WorkspaceError } from '../../zendesk/workspace/index.ts';
import { ControlError, controlErrors } from '../errors.ts';
import { accountNamed, bodyOf, nothing, queryOf } from '../request.ts';
import { fitting } from '../schemas.ts';
import { agentView } from '../views/agent-view.ts';
import type { World } from '../world.ts';

/** The human agents: hiring them, sending them to lunch, making them answer. */
export function agentRoutes(world: World): Router {
  const router = Router();
  const { workspace, support } = world.rooms;
  const view = (account: string, agent: WorkspaceAgent): object => agentView(world.rooms, account, agent);

  router.post('/agents', async (req, res) => {
    const { account: _account, ...draft } = await fitting<AgentDraft & { account?: string }>('agent', bodyOf(req));
    const account = accountNamed(world, req);
    for (const name of draft.groups ?? []) {
      const known = support.groups.list(account).map((group) => group.name);
      if (!known.includes(name)) throw controlErrors.unknownGroup(account, name, known);
    }
    const groups = draft.groups ?? world.staffedGroups(account);
    const agent = workspace.add(account, { answers: 'automatically', presence: 'online', ...draft, groups });
    res.status(201).json(view(account, agent));
  });
  router.get('/agents', (req, res) => {
    const account = accountNamed(world, req);
    res.json({ agents: workspace.list(account).map((agent) => view(account, agent)) });
  });
  router.get('/agents/:id', (req, res) => {
    const { account, id } = find(world, req);
    res.json(view(account, workspace.get(account, id)));
  });
  router.put('/agents/:id', async (req, res) => {
    const body = await fitting<{ account?: string; answers?: Answers; answerAfterMs?: number }>('agent#/$defs/behaviour', bodyOf(req));
    const { account: _account, ...how } = body;
    const { account, id } = find(world, req);
    res.json(view(account, workspace.behave(account, id, how)));
  });
  router.put('/agents/:id/presence', async (req, res) => {
    const { presence } = await fitting<{ presence: Presence }>('agent#/$defs/presenceChange', bodyOf(req));
    const { account, id } = find(world, req);
    res.json(view(account, workspace.presence(account, id, presence)));
  });
  for (const deed of ['answer', 'decline', 'hangup'] as const) {
    router.post(`/agents/:id/${deed}`, async (req, res) => {
      await nothing(req);
      const { account, id } = find(world, req);
      inPlainWords(() => workspace[deed](account, id));
      res.json(view(account, workspace.get(account, id)));
    });
  }
  return router;
}

/** An agent by id, in the account named or, when none is, in any. @throws ControlError `unknown_agent`. */
function find(world: World, req: Request): { account: string; id: number } {
  const text = String(req.params['id']);
  const named = queryOf(req, 'account') ?? (bodyOf(req) as { account?: string }).account;
  const accounts = named === undefined ? world.accountNames() : [world.accountName(named)];
  const id = Number(text);
  const account = accounts.find((name) => world.rooms.workspace.list(name).some((agent) => agent.id === id));
  if (account === undefined) throw controlErrors.unknownAgent(text);
  return { account, id };
}

function inPlainWords(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof WorkspaceError) || error.status !== 409) throw error;
    const [message = '', hint = 'GET /control/agents/{id} shows the state'] = error.message.split('; ');
    throw new ControlError(409, 'wrong_state', message, hint);
  }
}
