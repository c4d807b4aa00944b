/** npm run ops, as far as no server is needed, and the page that lists the views. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkTo, viewsOf } from '../../ops/views.ts';
import { viewsTable } from '../../ops/views-table.ts';

const root = join(import.meta.dirname, '..', '..');
const ops = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, TEMPORAL_ADDRESS: '127.0.0.1:1', TEMPORAL_UI_URL: 'http://ui.example/' };
    const command = ['--import', 'tsx', join(root, 'ops', 'main.ts'), ...args];
    execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

describe('npm run ops', () => {
  it('says in one line what there is when it does not know a command', async () => {
    const { code, stderr } = await ops('chek');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^chek: choose one of check, .*views.*\n$/),
    });
  });

  it('says in one line what is wrong with an argument', async () => {
    const { code, stderr } = await ops('views', '--municipality', 'Enschede');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: '--municipality Enschede: must be a CBS code, such as GM0153\n',
    });
  });

  it('gives the links without a server', async () => {
    const { code, stdout } = await ops('views', '--links', '--json');
    const views = JSON.parse(stdout) as { id: string; link: string }[];
    expect(code).toBe(0);
    expect(views.find(({ id }) => id === 'overdue')!.link).toMatch(
      /^http:\/\/ui\.example\/namespaces\/default\/workflows\?query=WorkflowType.*&savedQuery=Te%20laat$/,
    );
  });
});

describe('the saved views', () => {
  const views = viewsOf({ now: new Date('2026-11-29T12:00:00Z'), municipalities: ['GM0153'] });

  it('each have an id and a name of their own, and go by type and by what is open', () => {
    expect(new Set(views.map(({ id }) => id)).size).toBe(views.length);
    expect(new Set(views.map(({ title }) => title.nl)).size).toBe(views.length);
    for (const { query } of views) expect(query).toMatch(/^WorkflowType .* AND ExecutionStatus NOT IN /);
  });

  it('are found by their links as they are', () => {
    const [view] = views;
    const { searchParams } = new URL(linkTo(view!, { ui: 'http://127.0.0.1:8233', namespace: 'default' }));
    expect(searchParams.get('query')).toBe(view!.query);
    expect(searchParams.get('savedQuery')).toBe(view!.title.nl);
  });

  it('stand in docs/operations.md as they are (else: npm run ops -- views --markdown)', () => {
    const page = readFileSync(join(root, 'docs', 'operations.md'), 'utf8');
    const rows = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.startsWith('| `'))
        .map((line) => line.replace(/ +/g, ' '));
    expect(rows(page)).toEqual(rows(viewsTable()));
  });
});
