/** Scenarios as files: all that stand in the project are in order, and a wrong one is one line that names its fault. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rulesWith } from '../../scripts/play/rules.ts';
import { agreementOf } from '../../scripts/scenario/housing-agreement.ts';
import { readExamples, readScenarios } from '../../scripts/scenario/read.ts';
import eva from '../../examples/eva.json' with { type: 'json' };
import { faultIn } from '../support/rules-folder.ts';

const play = resolve(import.meta.dirname, '../../scripts/play.mjs');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scenarios-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('the demo plays four people, in its order', async () => {
  expect((await readExamples()).map(({ name }) => name)).toEqual(['ab', 'eva', 'noor', 'joris']);
});

it('the people of a deadlock have names of their own', async () => {
  const names = (await readExamples('deadlock')).map(({ name }) => name);
  expect(names).toEqual(['deadlock-1', 'deadlock-2', 'deadlock-3']);
});

it.each([
  ['assen', 6],
  ['twente', 4],
  ['housing-first', undefined],
  ['venlo', 2],
])('the data of %s loads, with what was agreed for a year', async (name, lines) => {
  const [scenario] = await readExamples(name);
  const { remove } = await rulesWith(scenario!.folder, 'nl');
  await remove();
  expect((await agreementOf(scenario!))?.agreed.length).toBe(lines);
});

describe('a wrong scenario is one line with the path of the fault', () => {
  const rule = { stepId: 'income.benefit', mode: 'normal' };
  it.each([
    ['{ "label": ', ': no JSON: '],
    [{ ...eva, colour: 'blue' }, ': it: Unrecognized key: "colour"'],
    [{ ...eva, start: { ...eva.start, municipality: 'Enschede' } }, ': start.municipality: must be a CBS'],
    [{ ...eva, partners: [{ ...rule, after: '3 weeks' }] }, ': partners.0.after: must be years, months'],
    [
      { ...eva, partners: [{ ...rule, mode: 'silent', after: 'P3W' }] },
      ': partners.0.after: is for normal, ',
    ],
    [{ ...eva, partners: [{ ...rule, stepId: 'income.lottery' }] }, ': there is no step income.lottery'],
    [{ ...eva, acts: [{ do: 'hold', when: { after: 'P1M' }, for: 'P1W' }] }, ': acts.0.reason: '],
    [{ ...eva, acts: [{ do: 'go-on', when: {} }] }, ': acts.0.when: names no stage, step or time'],
    [{ ...eva, expect: { tracks: { income: 'finished' } } }, ': expect.tracks.income: '],
    [[], ': it: '],
  ])('%#', async (content, fault) => {
    const path = join(folder, 'wrong.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    const said = await faultIn(() => readScenarios(path));
    expect(said).toContain(path + fault);
    expect(said).not.toContain('\n');
  });
});

describe('npm run play refuses in one line, with exit code 2, before anything is started', () => {
  it.each([
    [['nobody.json', '--fast'], /^nobody\.json: there is no such scenario\n$/],
    [['examples/eva.json', '--rules', 'be'], /^--rules be: choose one of demo, nl\.\n$/],
    [['examples/eva.json', '--slow'], /^Unknown option '--slow'.* Usage: npm run play.*\n$/],
  ])('%o', (args, line) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [play, ...args], {
      cwd: resolve(import.meta.dirname, '../..'),
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(line);
  });
});
