/** Whether a route came to the one good end, whatever was killed on its way. */
import type { RouteView } from '../../contracts/views.ts';
import { usualStepIds, steps } from '../../domain/steps.ts';
import { stepsOf } from './matrix.ts';

/** What the played partners wrote down about one route; the totals as `GET /control/ledger` gives them. */
export interface Books {
  readonly requests: readonly {
    readonly stepId: string;
    readonly effects: number;
    readonly repeats: number;
  }[];
  readonly totals: { readonly actedTwice: number; readonly undeliverable: number; readonly repeats: number };
}

const requestSteps = usualStepIds.filter((id) => steps[id].kind === 'request');

/** What is wrong with the end of a route; nothing when it ended as it would have without any kill. */
export function faultsOf(route: RouteView, { requests, totals }: Books): string[] {
  const wrong: string[] = [];
  const expect = (what: string, isSo: boolean) => void (isSo || wrong.push(what));
  expect(`ending ${route.ending ?? 'none'}`, route.ending === 'completed');
  expect(`stage ${route.stage}`, route.stage === 'closed');
  expect(`health ${route.health}`, route.health === 'OnTrack');
  const ended = new Map(stepsOf(route).map((step) => [step.stepId, step]));
  for (const stepId of usualStepIds) {
    const step = ended.get(stepId);
    expect(`${stepId} ${step?.status ?? 'never reached'}`, step?.status === 'done');
    expect(`${stepId} attempt ${step?.attempt}`, (step?.attempt ?? 1) === 1);
  }
  expect(`${totals.actedTwice} partners acted twice`, totals.actedTwice === 0);
  expect(`${totals.undeliverable} events undeliverable`, totals.undeliverable === 0);
  const acted = new Map(requests.map(({ stepId, effects }) => [stepId, effects]));
  for (const stepId of requestSteps)
    expect(`${stepId}: partner acted ${acted.get(stepId) ?? 0} times`, acted.get(stepId) === 1);
  return wrong;
}
