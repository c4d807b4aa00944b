/** Moves of a person. */
import { MoveBody } from '../../contracts/commands.ts';
import { t } from '../../contracts/text.ts';
import { commandsRoute, operation } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { give } from './commands.ts';
import { formOfRoute } from './housing-form-of-route.ts';
import { deciders, KeyHeader, OneRoute, viewResponse } from './parts.ts';

/** On Amsterdam's calendar, where moves take place. */
const today = (): string => new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });

export const recordMove = operation({
  method: 'post',
  path: '/routes/{routeId}/moves',
  operationId: 'recordMove',
  summary: 'Records that the person moved, and whether the move was forced; the keys count without this',
  tag: 'commands',
  roles: deciders,
  params: OneRoute,
  headers: KeyHeader,
  body: { schema: MoveBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  async handle(call) {
    const { to, date } = call.body;
    await formOfRoute(call, to, '/to');
    if (date > today())
      throw invalidInput([
        {
          in: 'body',
          location: '/date',
          code: 'in-the-future',
          detail: t('moet vandaag of eerder zijn', 'must be today or earlier'),
        },
      ]);
    return give(call, 'record-move', async () => ({ kind: 'record-move', move: call.body }));
  },
});
