/** The replay tests can fail: changes that break a route under way are found, changes further on are none. */
import { describe, expect, it } from 'vitest';
import { inWords } from '../../scripts/replay/place.ts';
import { committed, mutant, newStep, verdictsOn, type Edit } from './support.ts';

/** Somebody for whom creditors have not yet answered: registration, first talk and plan are in this run's history. */
const underWay = 'open-at-debt-arrangement';
const stage = 'workflows/stages/debt-restructuring.ts';
const line = (stepId: string) => `  await step(route, '${stepId}');\n`;

const broken: [string, Edit[]][] = [
  [
    'two steps swapped',
    [
      {
        file: stage,
        from: line('debt.registration') + line('debt.first-talk'),
        to: line('debt.first-talk') + line('debt.registration'),
      },
    ],
  ],
  [
    'a step inserted in front of one that this run has passed',
    [
      newStep('debt', 'debt-service', 'debt.budget-talk', 'debt.first-talk'),
      { file: stage, from: line('debt.first-talk'), to: line('debt.budget-talk') + line('debt.first-talk') },
    ],
  ],
  [
    'the timer of the terms removed',
    [
      {
        file: 'workflows/terms.ts',
        from: '() => sleep(Math.max(at - Date.now(), 1), { summary })',
        to: '() => new Promise<void>(() => [sleep, summary])',
      },
    ],
  ],
  [
    'the next request of a partner taken for another one',
    [
      {
        file: stage,
        from: line('debt.arrangement'),
        to: line('debt.discharge') + line('debt.arrangement'),
      },
    ],
  ],
];

describe('a route under way is found broken by', () => {
  it.each(broken)('%s', async (_, edits) => {
    const [verdict] = await verdictsOn(await mutant(edits), await committed([underWay]));
    expect(verdict).toMatchObject({ name: underWay, broken: { message: expect.any(String) } });
    expect(inWords(verdict!.broken!)).toMatch(/event \d+|the request of/);
  });
});

it('a step appended behind the point where a route stands breaks those alone that have passed it', async () => {
  const edits = [
    newStep('debt', 'debt-service', 'debt.evaluation', 'debt.repayment'),
    { file: stage, from: line('debt.repayment'), to: line('debt.evaluation') + line('debt.repayment') },
  ];
  const histories = await committed([underWay, 'completed']);
  const verdicts = await verdictsOn(await mutant(edits), histories);
  expect(verdicts).toMatchObject([{ name: underWay }, { name: 'completed', broken: expect.anything() }]);
  expect(verdicts[0]!.broken).toBeUndefined();
});
