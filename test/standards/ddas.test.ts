/** The debt track of a route, against the exchange model for debt counselling as VNG Realisatie published it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { DebtExchange } from '../../contracts/debt-exchange.ts';
import { debtExchange } from '../../domain/debt-exchange.ts';
import { daysLater } from '../support/a-route.ts';
import { clients, debtTracks } from '../support/debt-tracks.ts';

type Node = Record<string, unknown>;

/** Objects that the model leaves open are closed: a misspelt field is a fault. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  return copy.type === 'object' && copy.properties ? { ...copy, additionalProperties: false } : copy;
}

const file = join(process.env.STANDARDS_DIR ?? '', 'ddas-exchange-1.0.json');
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
const fits = ajv.compile(closed(JSON.parse(readFileSync(file, 'utf8'))) as Node);
const faultsIn = (message: unknown) =>
  fits(message)
    ? []
    : (fits.errors ?? []).map(({ instancePath, message: text }) => `${instancePath} ${text}`);

const cases = Object.entries(debtTracks).flatMap(([track, state]) =>
  Object.entries(clients).map(([who, person]) => [`${track}, ${who}`, { state, person }] as const),
);
const exchange = ({ state, person }: (typeof cases)[number][1]): DebtExchange =>
  debtExchange({ state, person, supplier: 'unassigned', now: daysLater(701) });

describe('a debt track is one of the exchange model', () => {
  it.each(cases)('%s', (_, of) => {
    const message = exchange(of);
    expect(faultsIn(message)).toEqual([]);
    // And what the API's own document says of it.
    expect(DebtExchange.parse(message)).toEqual(message);
  });

  it('as is the example of the API', () => {
    expect(faultsIn(DebtExchange.meta()!.example)).toEqual([]);
  });
});

describe('the same check refuses', () => {
  const message = exchange({ state: debtTracks.discharged, person: clients.withBsn });
  const track = message.leveringen[0]!.schuldhulptrajecten[0]!;
  const withTrack = (change: Node) => ({
    ...message,
    leveringen: [{ ...message.leveringen[0]!, schuldhulptrajecten: [{ ...track, ...change }] }],
  });
  const at = '/leveringen/0/schuldhulptrajecten/0';
  it.each<[string, unknown, string]>([
    [
      'no supplier',
      { ...message, codeGegevensleverancier: undefined },
      " must have required property 'codeGegevensleverancier'",
    ],
    [
      'a moment for a day',
      withTrack({ startdatum: daysLater(7) }),
      `${at}/startdatum must match format "date"`,
    ],
    [
      'another solution',
      withTrack({ oplossing: { soort: 'wsnp' } }),
      `${at}/oplossing/soort must be equal to one of the allowed values`,
    ],
    ['a misspelt field', withTrack({ Intake: {} }), `${at} must NOT have additional properties`],
    [
      'one in an open part',
      withTrack({ intake: { begin: '' } }),
      `${at}/intake must NOT have additional properties`,
    ],
    ['three people', withTrack({ client: [{}, {}, {}] }), `${at}/client must NOT have more than 2 items`],
  ])('%s', (_, wrong, fault) => {
    expect(faultsIn(JSON.parse(JSON.stringify(wrong)))).toContain(fault);
  });
});
