/** How far a repair of many routes is: counted, and in words. */
import { t, type Text } from '../text.ts';
import type { RepairOrder, RepairOutcome } from './repair.ts';

/** How many refusals are named; the rest is counted. */
export const refusalsKept = 1000;

export interface RepairProgress {
  /** ISO 8601, UTC. */
  readonly begunAt: string;
  readonly endedAt?: string;
  /** `found`: those that the query found; `late`: those that began a new run meanwhile; `again`: those not reached. */
  readonly pass: 'found' | 'late' | 'again' | 'ended';
  readonly page?: string;
  readonly found: number;
  readonly done: number;
  /** Requests that were sent at once. */
  readonly retried: number;
  /** Routes of which no request waits in back-off; left out: none. */
  readonly nothingToSend?: number;
  readonly refused: number;
  /** How many, by why. */
  readonly refusedBy: Readonly<Record<string, number>>;
  /** The first thousand of them. */
  readonly refusals: readonly { readonly routeId: string; readonly kind: string }[];
  /** To be tried again; in the end: given up. */
  readonly unreached: readonly string[];
  readonly tries: number;
}

/** That of a repair which begins. @param begunAt - ISO 8601, UTC */
export const atItsBeginning = (begunAt: string): RepairProgress => ({
  begunAt,
  pass: 'found',
  found: 0,
  done: 0,
  retried: 0,
  refused: 0,
  refusedBy: {},
  refusals: [],
  unreached: [],
  tries: 0,
});

/** What answers move, and what is shown. */
type Progress = Omit<RepairProgress, 'begunAt' | 'endedAt' | 'page' | 'pass' | 'tries'> & {
  readonly pass: string;
};

interface Answered {
  readonly routeId: string;
  readonly outcome: RepairOutcome;
}

/** The progress after some routes have answered. */
export function tallied(progress: Progress, answers: readonly Answered[]): Omit<Progress, 'found' | 'pass'> {
  const of = <O extends RepairOutcome['outcome']>(what: O) =>
    answers.flatMap(({ routeId, outcome }) =>
      outcome.outcome === what ? [{ routeId, ...(outcome as Extract<RepairOutcome, { outcome: O }>) }] : [],
    );
  const done = of('done').filter(({ retried }) => retried !== 0);
  const idle = of('done').length - done.length + (progress.nothingToSend ?? 0);
  const refused = of('refused').map(({ routeId, kind }) => ({ routeId, kind }));
  const refusedBy = new Map(Object.entries(progress.refusedBy));
  for (const { kind } of refused) refusedBy.set(kind, (refusedBy.get(kind) ?? 0) + 1);
  return {
    done: progress.done + done.length,
    retried: progress.retried + done.reduce((sum, { retried = 0 }) => sum + retried, 0),
    ...(idle > 0 && { nothingToSend: idle }),
    refused: progress.refused + refused.length,
    refusedBy: Object.fromEntries(refusedBy),
    refusals: [...progress.refusals, ...refused].slice(0, refusalsKept),
    unreached: [...progress.unreached, ...of('unreached').map(({ routeId }) => routeId)],
  };
}

const orders: Readonly<Record<RepairOrder['kind'], Text>> = {
  redo: t('stap opnieuw', 'redo a step'),
  complete: t('stap met de hand afronden', 'complete by hand'),
  hold: t('in de wacht zetten', 'hold'),
  'go-on': t('hervatten', 'let go on'),
  'adopt-rules': t('andere regels overnemen', 'adopt other rules'),
  retry: t('verzoeken nu opnieuw sturen', 'send requests now'),
};

/** What is asked of routes: in Dutch in the Temporal UI, in English by `npm run ops`. */
export const orderText = (order: RepairOrder, language: keyof Text = 'nl'): string => {
  const about =
    'stepId' in order
      ? order.stepId
      : 'ruleSet' in order
        ? order.ruleSet
        : 'party' in order
          ? order.party
          : undefined;
  const what = orders[order.kind][language];
  return about ? `${what} (${about})` : what;
};

/** Markdown, for the current details. How many refusals are named there. */
const namedInText = 20;

/** The current details of a repair. @param ending - how it ended, where it was not by itself */
export function repairText(
  asked: {
    readonly order: RepairOrder;
    readonly by: string;
    readonly query: string;
    readonly dryRun?: boolean;
  },
  progress: Progress,
  ending?: string,
): string {
  const { found, done, refused, refusedBy, refusals, unreached, retried, pass, nothingToSend } = progress;
  const state = ending ?? (pass === 'ended' ? 'klaar' : 'bezig');
  const would = asked.dryRun ? 'proef: er verandert niets; zou gelukt zijn' : 'gedaan';
  const why = Object.entries(refusedBy).map(([kind, count]) => `${count}× ${kind}`);
  return [
    `**${orderText(asked.order)}**, door ${asked.by}: ${state}`,
    `- gevonden: ${found} (\`${asked.query || 'alle open routes'}\`)`,
    `- ${would}: ${done}${retried ? ` (${retried} verzoeken)` : ''}`,
    ...(nothingToSend ? [`- niets te sturen: ${nothingToSend}`] : []),
    `- geweigerd: ${refused}${why.length > 0 ? ` (${why.join(', ')})` : ''}`,
    `- niet bereikt: ${unreached.length}`,
    ...refusals.slice(0, namedInText).map(({ routeId, kind }) => `  - ${routeId}: ${kind}`),
    ...(refused > namedInText ? [`  - en ${refused - namedInText} andere`] : []),
  ].join('\n');
}
