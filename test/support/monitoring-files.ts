/** What monitoring/ says: alerts, their tests, and the panels of the dashboard. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const monitoring = join(import.meta.dirname, '..', '..', 'monitoring');

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface AlertTest {
  readonly promql_expr_test: readonly { readonly expr: string; readonly exp_samples: readonly unknown[] }[];
}

const filesIn = (folder: string): string[] =>
  readdirSync(join(monitoring, folder)).map((name) => join(monitoring, folder, name));

const read = (path: string): unknown => parse(readFileSync(path, 'utf8'));

export const testFiles = (): string[] => filesIn('tests');

export const alerts = (): Alert[] =>
  filesIn('rules').flatMap((file) =>
    (read(file) as { groups: { rules: Alert[] }[] }).groups.flatMap(({ rules }) => rules),
  );

export const alertTests = (): AlertTest[] =>
  testFiles().flatMap((file) => (read(file) as { tests: AlertTest[] }).tests);

export interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly h: number; readonly w: number; readonly x: number; readonly y: number };
  readonly targets?: readonly { readonly expr: string; readonly datasource: { readonly uid: string } }[];
}

export const dashboard = (): { readonly uid: string; readonly panels: readonly Panel[] } =>
  JSON.parse(readFileSync(join(monitoring, 'grafana/outflow-routes.json'), 'utf8')) as ReturnType<
    typeof dashboard
  >;

/** Every expression that an alert or a panel asks for. */
export const expressions = (): string[] => [
  ...alerts().map(({ expr }) => expr),
  ...dashboard().panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
];

/** The metrics in an expression: all of ours and of those we read begin like this. */
export const metricsIn = (expr: string): string[] =>
  [...expr.matchAll(/\b(?:outflow|temporal|nodejs|process)_\w+|\bup\b/g)].map(([name]) => name);
