/** The two real servers most tests run on. A missing binary fails the test that needs it; nothing is skipped. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Connection } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import proto from '@temporalio/proto';
import attributes from '../../domain/search-attributes.json' with { type: 'json' };

const { IndexedValueType } = proto.temporal.api.enums.v1;
const types = {
  Keyword: ['KEYWORD', IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD],
  KeywordList: ['KEYWORD_LIST', IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST],
  Datetime: ['DATETIME', IndexedValueType.INDEXED_VALUE_TYPE_DATETIME],
} as const;
const typed = Object.entries(attributes).map(([name, type]) => ({
  name,
  type: types[type as keyof typeof types],
}));

function binary(variable: string): { type: 'existing-path'; path: string } {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} is not set: npm test finds the server and sets it`);
  return { type: 'existing-path', path };
}

/** The real development server, in memory. */
export function devServer(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createLocal({
    server: {
      executable: binary('TEMPORAL_CLI_PATH'),
      searchAttributes: typed.map(({ name, type }) => defineSearchAttributeKey(name, type[0])),
      log: { format: 'pretty', level: 'never' },
    },
  });
}

/** The server on which months pass in an instant, but only while a test sleeps on it. */
export async function timeSkippingServer(): Promise<TestWorkflowEnvironment> {
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: binary('TEMPORAL_TEST_SERVER_PATH') },
  });
  await registerAttributes(env.connection);
  return env;
}

/** Registers the search attributes of a route. */
export async function registerAttributes({ operatorService }: Connection): Promise<void> {
  await operatorService.addSearchAttributes({
    namespace: 'default',
    searchAttributes: Object.fromEntries(typed.map(({ name, type }) => [name, type[1]])),
  });
}
