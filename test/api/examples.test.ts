/** Whoever reads the document sees of each call what it sends and what it answers, as it could really be. */
import { describe, expect, it } from 'vitest';
import { Problem } from '../../contracts/problem.ts';
import { documentFor } from '../../api/openapi.ts';
import { problemKinds } from '../../api/openapi-problems.ts';
import { operations } from '../../api/operations.ts';
import { version } from '../../api/version.ts';
import { problems, problemTypes } from '../../api/problems.ts';

interface Described {
  readonly content: { readonly 'application/problem+json': { readonly example: Problem } };
}

const openApi = documentFor(operations, version);
const bodies = operations.flatMap(({ operationId, body }) =>
  body ? [{ operationId, schema: body.schema }] : [],
);
const answers = operations.flatMap(({ operationId, responses }) =>
  Object.entries(responses).flatMap(([status, { schema, example, csv }]) =>
    schema ? [{ operationId, status, schema, example: example ?? schema.meta()?.example, csv }] : [],
  ),
);
const refusals = Object.entries(openApi.components!.responses!) as unknown as [string, Described][];

describe('an example', () => {
  // Equal to what was parsed: nothing in it is unknown to its schema.
  it.each(bodies)('shows what $operationId sends', ({ schema }) => {
    const example = schema.meta()?.example;
    expect(example, 'the schema has .meta({ example })').toBeDefined();
    expect(schema.parse(example)).toEqual(example);
  });

  it.each(answers)('shows what $operationId answers with $status', ({ schema, example, csv }) => {
    expect(example, 'the schema has .meta({ example }), or the response an example').toBeDefined();
    expect(schema.parse(example)).toEqual(example);
    expect(csv?.example ?? 'a,table\r\n').toMatch(/^[a-zA-Z,]+\r\n/);
  });

  it.each(refusals)('shows %s', (name, { content }) => {
    const { example } = content['application/problem+json'];
    expect(Problem.parse(example)).toEqual(example);
    const kind = problemKinds.find((each) => example.type === `${problemTypes}${each}`)!;
    expect([name, problems[kind].status]).toEqual([`Problem${example.status}`, example.status]);
  });
});

it('the document lists every kind of problem with its status and its meaning', () => {
  const rows = openApi.info.description!.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(problemKinds.length);
  for (const kind of problemKinds)
    expect(rows.some((row) => row.startsWith(`| \`${kind}\` | ${problems[kind].status} | `))).toBe(true);
});
