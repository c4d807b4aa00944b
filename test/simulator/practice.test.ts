/** docs/practice.md: what the played partners can be told by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Behaviours, Mode } from '../../simulator/behaviours.ts';
import { startSimulator } from './support.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/practice.md'), 'utf8');
const found = (pattern: RegExp): string[] => [...page.matchAll(pattern)].map(([, first]) => first!);

it('names every mode of a partner', () => {
  expect(found(/^\| `([a-z-]+)` +\|/gm)).toEqual(Mode.options);
});

it('has rules that can be set, and calls that there are', async () => {
  const rules = found(/behave '(.*)'$/gm).flatMap((text) => Behaviours.parse(JSON.parse(text)));
  expect(rules.map(({ mode }) => mode)).toEqual(['down', 'silent']);
  const simulator = await startSimulator();
  expect(await (await simulator.behave(...rules)).json()).toEqual(rules);
  const away = { recipients: ['cm-17'] };
  const calls = [...page.matchAll(/^\| (`[A-Z].*?`) +\|/gm)].flatMap(([, cell]) => callsIn(cell!));
  expect(calls).toHaveLength(8);
  for (const { method, path } of calls) {
    const body = { PUT: path.endsWith('/away') ? away : rules, POST: {} }[method];
    const { status } = await simulator.call(method, path, body);
    // One request is to be named: to answer none is a wrong call, of a path that there is.
    expect(path.endsWith('/answer') ? [400] : [200, 202, 204], `${method} ${path}`).toContain(status);
  }
});

/** `GET`, `PUT /one` are two calls of one path. */
function callsIn(cell: string): { method: string; path: string }[] {
  const path = /\/control\S*?(?=`)/g;
  const paths = cell.match(path)!;
  const methods = cell.match(/GET|PUT|POST|DELETE/g)!;
  return methods.map((method, at) => ({ method, path: paths[at] ?? paths[0] }));
}
