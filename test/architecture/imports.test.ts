/**
 * Holds the house together: which folder may import what. Own code of some lines: the usual libraries for this
 * read the code through the compiler's API, which TypeScript 7 does not have.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');

interface Rule {
  /** What code of this folder may import: other folders, and packages. */
  readonly may: readonly string[];
  /** What it may import the types of. */
  readonly types?: readonly string[];
}

const node = 'node:';
const rules: Readonly<Record<string, Rule>> = {
  domain: { may: [], types: ['contracts'] },
  contracts: { may: ['zod'] },
  workflows: {
    may: ['@temporalio/workflow', '@temporalio/common', 'domain'],
    types: ['activities', 'contracts'],
  },
  activities: { may: ['contracts', 'domain', '@temporalio/activity'] },
  worker: {
    may: [
      'activities',
      'contracts',
      'platform',
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/worker',
      'oauth4webapi',
      'undici',
      node,
    ],
  },
  api: {
    may: [
      'contracts',
      'domain',
      'platform',
      'workflows/*.messages.ts',
      '@temporalio/client',
      '@temporalio/common',
      '@asteasolutions/zod-to-openapi',
      'cors',
      'express',
      'express-rate-limit',
      'helmet',
      'jose',
      'pino-http',
      'zod',
      node,
    ],
  },
  platform: {
    may: [
      'contracts',
      'domain',
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/proto',
      '@opentelemetry/api',
      '@opentelemetry/core',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace-node',
      'date-holidays',
      'jose',
      'pg',
      'pino',
      'prom-client',
      'temporal-polyfill',
      'zod',
      node,
    ],
  },
  ops: {
    may: [
      'contracts',
      'domain',
      'platform',
      'workflows/*.messages.ts',
      '@temporalio/client',
      '@temporalio/common',
      '@temporalio/proto',
      'leven',
      'zod',
      node,
    ],
  },
  simulator: { may: ['contracts', 'express', 'jose', 'pino', 'zod', node] },
};

interface Import {
  readonly from: string;
  readonly typeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const code = readFileSync(file, 'utf8');
  const statements = code.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gms);
  return [...statements].map(([, type, from]) => ({ from: from!, typeOnly: type !== undefined }));
}

function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** `domain`, `workflows/x.messages.ts` or the name of a package. */
function target(file: string, { from }: Import): string {
  if (from.startsWith(node)) return node;
  if (from.startsWith('.')) return relative(root, resolve(dirname(file), from));
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}

function allows(allowed: string, goal: string): boolean {
  if (allowed.includes('*')) {
    const [before, after] = allowed.split('*') as [string, string];
    return goal.startsWith(before) && goal.endsWith(after) && !goal.slice(before.length).includes('/');
  }
  return goal === allowed || goal.startsWith(`${allowed}/`);
}

function breaches(folder: string, { may, types = [] }: Rule): string[] {
  return filesOf(folder).flatMap((file) =>
    importsOf(file)
      .filter((each) => {
        const goal = target(file, each);
        return ![folder, ...may, ...(each.typeOnly ? types : [])].some((allowed) => allows(allowed, goal));
      })
      .map((each) => `${relative(root, file)} imports ${each.from}`),
  );
}

describe('each folder imports only what the layout allows', () => {
  it.each(Object.entries(rules))('%s', (folder, rule) => {
    expect(filesOf(folder)).not.toEqual([]);
    expect(breaches(folder, rule)).toEqual([]);
  });
});

it('only the gateway talks to Temporal', () => {
  const talking = filesOf('api').filter((file) =>
    importsOf(file).some(({ from }) => from === '@temporalio/client'),
  );
  const others = talking
    .map((file) => relative(root, file))
    .filter((file) => !file.startsWith('api/gateway'));
  expect(others.filter((file) => file !== 'api/main.ts')).toEqual([]);
});

it('the environment is read in the mains alone', () => {
  const readers = Object.keys(rules)
    .flatMap(filesOf)
    .filter((file) => readFileSync(file, 'utf8').includes('process.env'))
    .map((file) => relative(root, file))
    .filter((file) => !file.endsWith('/main.ts'));
  expect(readers).toEqual([]);
});
