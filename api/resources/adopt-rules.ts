/** Taking over a later rule set, on purpose. */
import { AdoptRulesBody } from '../../contracts/commands.ts';
import { t } from '../../contracts/text.ts';
import { rulesOn } from '../../domain/rules.ts';
import { commandsRoute, operation } from '../operation.ts';
import { ApiProblem } from '../problems.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse, visibleState } from './parts.ts';

export const adoptRules = operation({
  method: 'put',
  path: '/routes/{routeId}/rule-set',
  operationId: 'adoptRules',
  summary: 'Takes over the rules that hold today, for the steps to come; dates that were set before stand',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: AdoptRulesBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'unknown-rule-set', 'same-rules'],
  async handle(call) {
    const { caller, params, body, deps } = call;
    const { ruleBook, gateway } = deps;
    if (ruleBook.sets.get(body.ruleSet)?.layer !== 'national')
      throw new ApiProblem(
        'unknown-rule-set',
        t('Er is geen landelijke regelset met dit id.', 'There is no national rule set with this id.'),
      );
    const { municipality, region } = await visibleState(gateway, caller, params.routeId);
    const place = { national: body.ruleSet, municipality, region, now: deps.now() };
    return give(call, 'adopt-rules', async (seal) => ({
      kind: 'adopt-rules',
      rules: rulesOn(ruleBook, place),
      reason: await seal(body.reason),
    }));
  },
});
