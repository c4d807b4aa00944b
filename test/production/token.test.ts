import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'token-test-'));
});
afterAll(() => rm(dir, { recursive: true }));

function token(...args: string[]) {
  const env = { PATH: process.env.PATH, DATA_DIR: join(dir, 'data') };
  const script = ['--import', 'tsx', 'scripts/token.ts'];
  return spawnSync(process.execPath, [...script, ...args], { cwd: root, env, encoding: 'utf8' });
}
const someone = ['--role', 'policy', '--subject', 'pol-1'];

describe('what makes no token is said in one line, with exit code 2 and without a key being made', () => {
  it.each([
    [['--hours', '-1'], /^--hours needs a value, which does not begin with a hyphen$/],
    [['--hours=-1'], /^--hours must be a number above 0, 24 at the most$/],
    [['--hours', 'abc'], /^--hours must be a number above 0/],
    [['--hours', '1e9'], /^--hours must be a number above 0/],
    [['--role', 'case-manager'], /^A case-manager needs --municipality: .* Usage: npm run token/],
    [['--role', 'process-director'], /^A process-director needs --municipality/],
    [['--municipality', 'Enschede'], /^--municipality must be a CBS municipality code/],
    [['--hour', '1'], /^Unknown option '--hour'.* Usage: npm run token/],
  ])('%j', (args, line) => {
    const { status, stdout, stderr } = token(...someone, ...args);
    expect([status, stdout, stderr.split('\n').length]).toEqual([2, '', 2]);
    expect(stderr.trim()).toMatch(line);
    expect(existsSync(join(dir, 'data'))).toBe(false);
  });
});

it('a token holds for as long as was asked, to the second', () => {
  const { status, stdout, stderr } = token(...someone, '--hours', '0.5');
  expect(stderr).toMatch(
    /^Made a new key to sign with in .*: the token is good where npm start has this DATA_DIR/,
  );
  const { exp, iat, role } = decodeJwt(stdout.trim());
  expect([status, exp! - iat!, role]).toEqual([0, 1800, 'policy']);
  expect(token('--all').stderr).toBe('');
  expect(token('--all').stdout.trim().split('\n')).toHaveLength(5);
});
