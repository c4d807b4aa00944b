/** Each operation as each role, over real HTTP. Nobody can be asked here: who may is told 503, or what needs no server. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations.ts';
import { Role } from '../../contracts/vocabulary.ts';
import type { Answer } from '../support/api-caller.ts';
import { accessRows, accessTable, type Cell } from './access-table.ts';
import { callOperation, exampleRoute, momentOfExamples, partyFor } from './operation-calls.ts';
import { startApiAlone, type ApiAlone } from './support.ts';

let alone: ApiAlone;
const answers = new Map<string, Answer>();
const inLanes = 8;
const everyone = [...Role.options, 'nobody'] as const;

beforeAll(async () => {
  alone = await startApiAlone({ clock: () => Date.parse(momentOfExamples) });
  const calls = operations.flatMap((operation) => everyone.map((who) => ({ operation, who })));
  const lane = async () => {
    for (let next = calls.pop(); next; next = calls.pop())
      answers.set(`${next.operation.operationId} ${next.who}`, await asked(next.operation, next.who));
  };
  await Promise.all(Array.from({ length: inLanes }, lane));
});
afterAll(() => alone.stop());

async function asked(operation: Operation, who: Role | 'nobody'): Promise<Answer> {
  if (who === 'nobody') return callOperation(operation, { url: alone.url });
  const claims = {
    role: who,
    municipality: who === 'case-manager' || who === 'process-director' ? 'GM0153' : undefined,
    ...(who === 'partner' && { party: partyFor(operation) }),
    ...(who === 'person' && { route: exampleRoute }),
  };
  return callOperation(operation, { url: alone.url, token: await alone.token(claims) });
}

/** Refused, or let in: then it is done, or fails for the lack of a server. */
function seen({ operationId }: Operation, who: string): string {
  const { status, body } = answers.get(`${operationId} ${who}`)!;
  const kind = body?.type?.split('/').at(-1);
  if ([200, 201, 204].includes(status) || kind === 'temporal-away') return 'let in';
  return `${status} ${kind}`;
}

const agreed = (cell: Cell) => (cell === '–' ? '403 forbidden' : 'let in');

describe('the access table', () => {
  it('has a row for each operation, and for nothing else', () => {
    // oxlint-disable-next-line no-console
    console.log(`${accessTable}\n${accessRows.length} operations × ${Role.options.length} roles`);
    const there = operations.map(
      ({ operationId, method, path }) => `${operationId} ${method.toUpperCase()} ${path}`,
    );
    expect(accessRows.map(({ operationId, call }) => `${operationId} ${call}`).sort()).toEqual(there.sort());
  });

  it.each(operations)('$operationId', (operation) => {
    const row = accessRows.find(({ operationId }) => operationId === operation.operationId)!;
    const isOpen = Object.values(row.may).every((cell) => cell === 'open');
    expect(Object.fromEntries(everyone.map((who) => [who, seen(operation, who)]))).toEqual({
      ...Object.fromEntries(Role.options.map((role) => [role, agreed(row.may[role])])),
      nobody: isOpen ? 'let in' : '401 token-missing',
    });
  });
});

it.each<[string, object]>([
  ['a case manager without a municipality', { role: 'case-manager' }],
  ['a process director without a municipality', { role: 'process-director' }],
  ['a partner without a party', { role: 'partner' }],
  [
    'a case manager with a party, and without a municipality',
    { role: 'case-manager', party: 'debt-service' },
  ],
])('%s may do nothing', async (_, claims) => {
  const token = await alone.token({ municipality: undefined, ...claims });
  for (const operation of operations.filter(({ roles }) => roles !== 'anyone')) {
    const { status } = await callOperation(operation, { url: alone.url, token });
    expect([operation.operationId, status]).toEqual([operation.operationId, 403]);
  }
});
