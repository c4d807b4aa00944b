/** The alerts and the dashboard, as files: each alert has a text, something to do, and a test of its own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { alerts, alertTests, dashboard, monitoring, testFiles } from '../support/monitoring-files.ts';
import { ensurePrometheus, promtool } from '../support/prometheus-tools.ts';

const root = join(monitoring, '..');
const withinMs = 600_000; // a package may have to be installed first

describe('promtool', () => {
  beforeAll(ensurePrometheus, withinMs);

  it('finds nothing wrong with the configuration and the rules', () => {
    expect(promtool('check', 'config', join(monitoring, 'prometheus.yml'))).toContain('SUCCESS');
  });

  it(
    'sees every alert fire where it should, and keep still where it should not',
    () => {
      expect(promtool('test', 'rules', ...testFiles())).not.toContain('FAILED');
    },
    withinMs,
  );
});

it('each alert has a test in which it fires, and one in which it keeps still', () => {
  const tests = alertTests();
  const tested = (name: string, fires: boolean) =>
    tests.some(({ promql_expr_test }) =>
      promql_expr_test.some(
        ({ expr, exp_samples }) => expr.includes(`"${name}"`) && exp_samples.length > 0 === fires,
      ),
    );
  const names = alerts().map(({ alert }) => alert);
  expect(names.filter((name) => !tested(name, true) || !tested(name, false))).toEqual([]);
  expect(new Set(names).size).toBe(names.length);
});

it.each(alerts())('$alert says what is wrong, and what to do about it', ({ labels, annotations }) => {
  expect(labels.severity).toMatch(/^(critical|warning|info)$/);
  const { summary, summary_en: english, description, runbook } = annotations;
  for (const text of [summary, english, description]) expect(text).toBeTruthy();
  const [file = '', anchor = ''] = runbook!.split('#');
  expect(anchor).not.toBe('');
  expect(anchorsOf(join(root, file), anchor)).toContain(anchor);
});

it('docs/monitoring.md lists each alert, with how urgent it is and for how long it has to be so', () => {
  const page = readFileSync(join(root, 'docs/monitoring.md'), 'utf8');
  const listed = [
    ...page.matchAll(/^\| `(\w+)` \| (critical|warning|info) \| ([^|]+) \| \[[^|]+\]\([^|]*\) \|$/gm),
  ];
  const rows = listed.map(([, alert, severity, when]) => [alert, severity, /, for (\w+)$/.exec(when!)?.[1]]);
  expect(rows).toEqual(alerts().map((each) => [each.alert, each.labels['severity'], each.for]));
});

it('the dashboard is one that Grafana can show: each panel has a place of its own, and asks the data source that is provisioned', () => {
  const provisioned = parse(
    readFileSync(join(monitoring, 'grafana/provisioning/datasources/prometheus.yml'), 'utf8'),
  ) as { datasources: { uid: string }[] };
  const { uid } = provisioned.datasources[0]!;
  const { panels } = dashboard();
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const taken = new Set<string>();
  for (const { gridPos, targets = [], type } of panels) {
    expect(targets.length > 0).toBe(type !== 'row');
    for (const target of targets) expect(target.datasource.uid).toBe(uid);
    for (let { x } = gridPos; x < gridPos.x + gridPos.w; x += 1) {
      expect(x).toBeLessThan(24);
      for (let { y } = gridPos; y < gridPos.y + gridPos.h; y += 1) {
        expect(taken).not.toContain(`${x},${y}`);
        taken.add(`${x},${y}`);
      }
    }
  }
});

/** As GitHub makes them of headings. @param otherwise - of the runbook, for as long as it is not written */
function anchorsOf(path: string, otherwise: string): string[] {
  if (path.endsWith('runbook.md') && !existsSync(path)) return [otherwise];
  const headings = readFileSync(path, 'utf8').matchAll(/^#+ (.+)$/gm);
  return [...headings].map(([, text]) =>
    text!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
