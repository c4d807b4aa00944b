/** The application on which the intake decides. */
import { ApplicationBody } from '../../contracts/commands.ts';
import { t } from '../../contracts/text.ts';
import { commandsRoute, operation } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

/** Reports and applications are of the Wmo 2015, in force from 1 January 2015. */
const wmoFrom = '2014-12-31T23:00:00.000Z';

export const recordApplication = operation({
  method: 'put',
  path: '/routes/{routeId}/application',
  operationId: 'recordApplication',
  summary: 'Records when the application was received: the decision is due by it (Wmo 2015 art. 2.3.5(2))',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: ApplicationBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: [...commandsRoute, 'decision-taken', 'application-before-report'],
  handle(call) {
    const receivedAt = pastMoment(call.body.receivedAt, '/receivedAt', call.deps.now());
    return give(call, 'record-application', async () => ({ kind: 'record-application', receivedAt }));
  },
});

/**
 * A moment of a body, in the route's own notation.
 * @throws ApiProblem invalid-input when it lies in the future, or before the law that it is about
 */
export function pastMoment(moment: string, location: string, now: string): string {
  const at = new Date(moment).toISOString();
  if (at >= wmoFrom && at <= now) return at;
  const [code, detail] =
    at > now
      ? ['in-the-future', t('moet nu of eerder zijn', 'must be now or earlier')]
      : [
          'before-the-law',
          t('kan niet voor 1 januari 2015 zijn (Wmo 2015)', 'cannot be before 1 January 2015 (Wmo 2015)'),
        ];
  throw invalidInput([{ in: 'body', location, code, detail }]);
}
