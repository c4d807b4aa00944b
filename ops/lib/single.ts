/** One order for one route: what it would answer, and with --yes what it did. */
import { randomUUID } from 'node:crypto';
import { commandOf, operationsEnvelope, type CommandOrder } from '../../domain/operations/repair.ts';
import { RouteId } from '../../contracts/ids.ts';
import { SettingsError } from '../../platform/settings.ts';
import { answerThing, answerWords, plannedFor } from './plan.ts';
import { withSession } from './session.ts';
import { noticed, teller } from './told.ts';

export interface Single {
  readonly json: boolean;
  readonly yes: boolean;
  readonly by: string;
  readonly reason: string;
  /** As it stands in Temporal (`route/…`), or the id alone. */
  readonly route: string;
}

/** @throws SettingsError when it is no id of a route */
export function routeIdOf(written: string): string {
  const parsed = RouteId.safeParse(written.replace(/^route\//, ''));
  if (parsed.success) return parsed.data;
  throw new SettingsError(`${written} is no id of a route`);
}

/** @returns 0 when it is done, or would be; 1 when it is refused or nobody answers */
export async function giveOne(asked: Single, order: CommandOrder, env: NodeJS.ProcessEnv): Promise<number> {
  const { by, reason, json, yes } = asked;
  const told = teller(json);
  const routeId = routeIdOf(asked.route);
  const name = `${by}:${randomUUID()}`;
  return withSession(env, told, async (session) => {
    const answer = await noticed(
      told,
      `Asking ${routeId} …`,
      plannedFor(session, routeId, { name, by, order }),
    );
    const may = answer.outcome.outcome === 'done';
    if (!yes || !may) {
      const tense = yes ? 'did' : 'would';
      told.thing(answerThing(answer, tense), answerWords(answer, tense));
      if (may) told.say('Nothing was changed. To do it: the same with --yes');
      return may ? 0 : 1;
    }
    const { routes, seal, rulesFor } = session;
    const rules =
      order.kind === 'adopt-rules' ? await rulesFor(order.ruleSet, await routes.stateOf(routeId)) : undefined;
    const command = commandOf(order, await seal(routeId, reason), rules);
    const given = routes.give(routeId, operationsEnvelope(name, by, command));
    const outcome = await noticed(told, `Waiting for ${routeId} to answer …`, given);
    told.thing(answerThing({ routeId, outcome }, 'did'), answerWords({ routeId, outcome }, 'did'));
    return outcome.outcome === 'done' ? 0 : 1;
  });
}
