/** Consent of the person, per party and purpose (Wmo 2015 art. 5.3.3). */
import { ConsentBody, ConsentParty } from '../../contracts/consent.ts';
import { t } from '../../contracts/text.ts';
import { isPurposeOf, purposesOf } from '../../domain/consent.ts';
import { commandsRoute, operation } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { give } from './commands.ts';
import { CommandHeaders, laterThanToday, OneRoute, viewResponse, decidersAndPerson } from './parts.ts';

const OneConsent = OneRoute.extend({ party: ConsentParty });

export const giveConsent = operation({
  method: 'put',
  path: '/routes/{routeId}/consents/{party}',
  operationId: 'giveConsent',
  summary: 'Records what the person agrees to share with a party, in place of what they agreed to before',
  tag: 'commands',
  roles: decidersAndPerson,
  data: ['consents'],
  params: OneConsent,
  headers: CommandHeaders,
  body: { schema: ConsentBody },
  speaks: true,
  responses: { 200: viewResponse('The route') },
  problems: commandsRoute,
  handle(call) {
    const { party } = call.params;
    const { recordedBy, purposes, givenOn } = call.body;
    const misplaced = purposes.flatMap((purpose, i) =>
      isPurposeOf(party, purpose)
        ? []
        : [
            fault(
              `/purposes/${i}`,
              'not-of-this-party',
              `hoort niet bij deze partij; wel: ${purposesOf(party).join(', ')}`,
              `is not for this party; these are: ${purposesOf(party).join(', ')}`,
            ),
          ],
    );
    const late = laterThanToday(givenOn, '/givenOn', call.deps.now());
    if (misplaced.length + late.length > 0) throw invalidInput([...misplaced, ...late]);
    return give(call, 'give-consent', async () => ({
      kind: 'give-consent',
      party,
      purposes,
      givenOn,
      ...(recordedBy && { recordedBy }),
    }));
  },
});

const fault = (location: string, code: string, nl: string, en: string) => ({
  in: 'body' as const,
  location,
  code,
  detail: t(nl, en),
});

export const withdrawConsent = operation({
  method: 'delete',
  path: '/routes/{routeId}/consents/{party}',
  operationId: 'withdrawConsent',
  summary: 'The person agrees no longer: the party hears no more than a statutory task allows, from now on',
  tag: 'commands',
  roles: decidersAndPerson,
  data: ['consents'],
  params: OneConsent,
  headers: CommandHeaders,
  responses: { 204: { description: 'Nothing more is shared' } },
  problems: [...commandsRoute, 'no-consent-given'],
  handle: async (call) => {
    const { party } = call.params;
    const command = { kind: 'withdraw-consent', party } as const;
    await give({ ...call, body: undefined }, command.kind, async () => command);
    return { status: 204 };
  },
});
