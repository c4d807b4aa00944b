/** The input of a repair of many routes as it may come from the Temporal UI: typed by hand, so it may be anything. */
import { isStepId } from '../steps.ts';
import { unclear } from './typed-repair.ts';

const example =
  '{"name":"proef-1","query":"WaitingOn = \'support-provider\'","order":{"kind":"redo","stepId":"intake.skills"},"by":"ops-1","reason":"INC-4711","dryRun":true}';

type Check = readonly [field: string, holds: (value: unknown) => boolean, may: readonly string[]];

const longest = 500;
const matches =
  (pattern: RegExp) =>
  (value: unknown): boolean =>
    typeof value === 'string' && pattern.test(value);
const within = (from: number, to: number) => (value: unknown) =>
  typeof value === 'number' && value >= from && value <= to;
const orNone = (holds: Check[1]) => (value: unknown) => value === undefined || holds(value);
const isText = (value: unknown): boolean => typeof value === 'string';
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fields: readonly Check[] = [
  ['name', matches(/^[a-z0-9][a-z0-9-]{0,63}$/), ['proef-1']],
  ['query', isText, ["RouteHealth = 'Technical'"]],
  ['by', matches(/^[a-z0-9][a-z0-9-]{0,31}$/), ['ops-1']],
  [
    'reason',
    (value) => typeof value === 'string' && value.trim() !== '' && value.length <= longest,
    ['INC-4711'],
  ],
  ['dryRun', orNone((value) => typeof value === 'boolean'), ['true', 'false']],
  ['pace', orNone(isObject), ['{"perSecond":10,"atOnce":4}']],
  ['pageSize', orNone(within(1, 1000)), ['200']],
  ['runEvents', orNone(within(1, 10_000)), ['2000']],
];

const paces: readonly Check[] = [
  ['pace.perSecond', within(0.01, 100), ['10']],
  ['pace.atOnce', within(1, 10), ['4']],
];

const aStep: Check = [
  'order.stepId',
  (value) => typeof value === 'string' && isStepId(value),
  ['intake.skills'],
];
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

/** What each order needs beside its kind. */
const orders: Readonly<Record<string, readonly Check[]>> = {
  redo: [aStep],
  complete: [aStep],
  hold: [
    [
      'order.until',
      (value) => matches(moment)(value) && !Number.isNaN(Date.parse(String(value))),
      ['2026-12-31T16:00:00Z'],
    ],
  ],
  'go-on': [],
  'adopt-rules': [['order.ruleSet', matches(/^[a-z0-9-]{1,40}$/), ['nl']]],
  retry: [['order.party', orNone(matches(/^[a-z-]{1,40}$/)), ['debt-service']]],
};

/** @throws Refused repair-unclear, with what may stand where; never with what was typed */
export function refuseUnclear(input: unknown): void {
  if (!isObject(input)) throw unclear(undefined, [], example);
  check(input, fields);
  if (isObject(input['pace'])) check(input['pace'], paces);
  const order = input['order'];
  if (!isObject(order) || !Object.hasOwn(orders, String(order['kind'])))
    throw unclear('order.kind', Object.keys(orders), example);
  check(order, orders[String(order['kind'])]!);
}

function check(given: Readonly<Record<string, unknown>>, checks: readonly Check[]): void {
  for (const [field, holds, may] of checks)
    if (!holds(given[field.split('.').at(-1)!])) throw unclear(field, may, example);
}
