/** Signals that were missed, as codes. */
import { MissedSignalsBody } from '../../contracts/missed-signals.ts';
import { commandsRoute, operation } from '../operation.ts';
import { give } from './commands.ts';
import { CommandHeaders, deciders, OneRoute, viewResponse } from './parts.ts';

export const recordMissedSignals = operation({
  method: 'put',
  path: '/routes/{routeId}/missed-signals',
  operationId: 'recordMissedSignals',
  summary: 'Records which signals were missed before the route began: codes alone, in place of earlier ones',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: CommandHeaders,
  body: { schema: MissedSignalsBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle: (call) => {
    const { signals } = call.body;
    return give(call, 'record-missed-signals', async () => ({ kind: 'record-missed-signals', signals }));
  },
});
