/** npm run ops, as far as no server is needed, and the page that lists the views. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkTo, viewsOf } from '../../ops/views.ts';
import { viewsTable } from '../../ops/views-table.ts';
import type { OpsCommand } from '../../ops/lib/command.ts';
import { SettingsError } from '../../platform/settings.ts';
import { ensurePayloadKeys } from '../../platform/payload-keys.ts';

const root = join(import.meta.dirname, '..', '..');
const ops = (...args: string[]): ReturnType<typeof opsWith> => opsWith({}, ...args);
const opsWith = (
  more: Readonly<Record<string, string>>,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const env = {
      ...process.env,
      TEMPORAL_ADDRESS: '127.0.0.1:1',
      TEMPORAL_UI_URL: 'http://ui.example/',
      ...more,
    };
    const command = ['--import', 'tsx', join(root, 'ops', 'main.ts'), ...args];
    execFile(process.execPath, command, { cwd: root, env }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });

const commandOf = (name: string) => import(`../../ops/commands/${name}.ts`) as Promise<OpsCommand>;
const route = '669d7897-189a-41c9-9c89-32d5a4005f67';

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

  it('says what there is when it is asked nothing, and how a command is written', async () => {
    const [all, one] = await Promise.all([ops(), ops('retry', '--help')]);
    expect(all).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Usage: npm run ops -- COMMAND/) });
    expect(one).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^Usage: npm run ops -- retry ROUTE \[--yes\]\n.*--party/),
    });
  });

  const who = ['--by', 'ops-1', '--reason', 'INC-4711'];
  it.each([
    [
      'who does it is missing',
      ['redo', route, 'intake.skills'],
      '--by is missing: who you are, an id such as ops-1; --reason is missing: why, ',
    ],
    [
      'a name',
      ['redo', route, 'intake.skills', '--by', 'Jan', '--reason', 'x'],
      '--by: who you are, an id such as ops-1',
    ],
    [
      'a day',
      ['hold', route, '--until', '2027-01-15', ...who],
      '--until: a moment in UTC, such as 2027-01-15T08:00:00Z',
    ],
    [
      'a slip of the pen',
      ['redo', route, 'intake.skils', ...who],
      'There is no step intake.skils: do you mean intake.skills?',
    ],
    [
      'a slip for many',
      ['repair', '--query', '', '--redo', 'intake.skils', ...who],
      'There is no step intake.skils: do you mean intake.skills?',
    ],
    [
      'no step at all',
      ['complete', route, 'dance', ...who],
      'There is no step dance: choose one of intake.identity, ',
    ],
    [
      'a party that no template knows',
      ['redo', route, 'extra.circus.show', ...who],
      'There is no step extra.circus.show: ',
    ],
    [
      'no rule set',
      ['rules', route, '--rule-set', 'fr', ...who],
      '--rule-set: there is no national rule set fr; there are demo, nl',
    ],
    ['a digest sent to one', ['digest', '--send', '--owner', 'cm-1'], '--send sends it to all: '],
  ])('says what may be written, before anything is asked: %s', async (_, [command, ...args], expected) => {
    const wrong = commandOf(command!).then((each) => each.run(args, process.env));
    await expect(wrong).rejects.toBeInstanceOf(SettingsError);
    await expect(wrong).rejects.toThrow(expected);
  });

  it('says within seconds that Temporal is away, apart from what is written wrong', async () => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), 'ops-'));
    await ensurePayloadKeys({ DATA_DIR });
    const error = 'Temporal does not answer at 127.0.0.1:1: start it, or set TEMPORAL_ADDRESS';
    const begun = Date.now();
    const env = { DATA_DIR, TEMPORAL_ADDRESS: '127.0.0.1:1' };
    const asked = [['digest'], ['check'], ['retry', route], ['outage', 'list']].map(async ([each, ...args]) =>
      (await commandOf(each!)).run([...args, '--json'], env),
    );
    const answers = await Promise.allSettled(asked);
    expect(Date.now() - begun).toBeLessThan(9000);
    for (const answer of answers)
      expect(answer).toMatchObject({ reason: { name: 'Unreachable', message: error } });
    const { code, stdout, stderr } = await opsWith({ DATA_DIR }, 'views', '--json');
    await rm(DATA_DIR, { recursive: true });
    expect({ code, stderr }).toEqual({ code: 3, stderr: `${error}\n` });
    expect(JSON.parse(stdout)).toEqual({ error, exitCode: 3 });
  });

  it('says first where the keys of the worker are named, when there are none', async () => {
    const { code, stderr } = await opsWith({ DATA_DIR: '/nowhere' }, 'views');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^No payload keys at \S+: set DATA_DIR or PAYLOAD_KEYS_FILE as for the worker/,
      ),
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
