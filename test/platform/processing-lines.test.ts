/** What the log of data processing says of a call, and how a person reads it: who told or got what, why, and nothing else. */
import { describe, expect, it } from 'vitest';
import { operations } from '../../api/operations.ts';
import { dataOfNews } from '../../api/partner-news.ts';
import { processingOf } from '../../api/processing.ts';
import type { Reply } from '../../api/operation.ts';
import { listProcessing } from '../../api/resources/processing.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import { activityText } from '../../domain/activity-texts.ts';
import { basisText } from '../../domain/basis-texts.ts';
import { lineOf, type Processing } from '../../platform/processing-log.ts';
import { aRoute, routeId } from '../support/a-route.ts';

const operationOf = (id: string) => operations.find(({ operationId }) => operationId === id)!;
const lineFor = (id: string, role: Role, reply: Partial<Reply> = {}): Processing =>
  processingOf(
    operationOf(id),
    {
      issuer: 'idp',
      subject: 's-1',
      role,
      ...(role === 'partner' && { party: 'housing-corporation' as const }),
    },
    { params: { routeId }, reply: { status: 200, ...reply }, about: 'call-1', begunAt: 0 },
  )!;

async function shown(lines: readonly Processing[], query: object = { pageSize: 100 }) {
  const deps = {
    gateway: { stateOf: async () => aRoute(), municipalityOf: async () => 'GM0153' },
    processing: { of: async () => lines.map((line, i) => lineOf(line, { service: 'api' }, i)) },
    fingerprintKey: new Uint8Array(32),
  };
  const caller = { issuer: 'idp', subject: 'p-1', role: 'person', route: routeId };
  const call = { caller, params: { routeId }, query, language: 'nl', deps };
  const { body } = await listProcessing.handle(call as never);
  return body as { items: Record<string, unknown>[]; nextCursor?: string };
}

describe('the line about a call', () => {
  it('says what was sent or shown, and not what could have been', () => {
    expect(lineFor('getTimeline', 'person', { data: ['course'] }).data).toEqual(['course']);
    expect(lineFor('redoStep', 'case-manager', { hasWords: true }).data).toEqual(['course', 'reasons']);
    expect(lineFor('recordWishes', 'person', { hasWords: true }).data).toEqual(['wishes']);
    expect(lineFor('answerOffer', 'person', { hasWords: true }).data).toEqual(['offer', 'reasons']);
    expect(lineFor('giveConsent', 'case-manager', { hasWords: false }).data).toEqual(['consents']);
    const news = {
      eventId: 'e',
      party: 'housing-corporation',
      kind: 'offer-withdrawn',
      offerId: 'o',
    } as const;
    expect(dataOfNews({ ...news, note: { jwe: 'x' } })).toEqual(['course', 'offer', 'reasons']);
  });

  it('of a person rests on the right that they use', () => {
    expect(lineFor('requestErasure', 'person').basis).toBe('AVG art. 17');
    expect(lineFor('getRoute', 'person').basis).toBe('AVG art. 15');
    expect(lineFor('giveConsent', 'person').basis).toBe('AVG art. 7');
    expect(basisText(lineFor('answerOffer', 'person').basis, 'nl')).toContain('eigen overeenkomst');
  });

  it('says of a partner whether it told or got something', async () => {
    const told = lineFor('tellPartnerEvent', 'partner', { data: ['course', 'reasons'] });
    const got: Processing = { ...told, activity: 'housing.offer', direction: 'received', data: ['place'] };
    const { items } = await shown([told, got]);
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'De woningcorporatie kreeg: de gereserveerde plek (Passende woning zoeken)',
      'De woningcorporatie meldde: hoe de route ervoor staat, wat bij besluiten en stappen is opgeschreven (bericht over de route)',
    ]);
    expect(items[0]).toMatchObject({
      direction: 'received',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });
});

it('names the activity as the register of the municipality does', () => {
  const register = 'https://www.enschede.nl/verwerkingen/';
  const { attributes } = lineOf(lineFor('getPerson', 'person'), { service: 'api', register });
  expect(attributes['dpl.core.processing_activity_id']).toBe(
    'https://www.enschede.nl/verwerkingen/getPerson',
  );
});

it('each operation about a route has a title for the person', () => {
  const about = operations.filter(
    ({ path, operationId }) => path.includes('{routeId}') || /^(startRoute|tell)/.test(operationId),
  );
  expect(about.length).toBeGreaterThan(55);
  for (const { operationId } of about) {
    expect(activityText(operationId, 'nl')).not.toBe(operationId);
    expect(activityText(operationId, 'en')).not.toBe(operationId);
  }
});

it('the list comes in pages, each line once, whatever is written meanwhile', async () => {
  const line = lineFor('getRoute', 'case-manager');
  const lines = Array.from({ length: 25 }, (_, i) => ({ ...line, by: `cm-${i}` }));
  const first = await shown(lines, { pageSize: 10 });
  const second = await shown([...lines, line], { pageSize: 10, cursor: first.nextCursor });
  const last = await shown(lines, { pageSize: 10, cursor: second.nextCursor });
  expect(last.nextCursor).toBeUndefined();
  const all = [first, second, last].flatMap(({ items }) => items.map(({ by }) => by));
  expect(all).toEqual(lines.map(({ by }) => by).toReversed());
});
