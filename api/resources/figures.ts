/** What figures there are over open routes, and how they are shown. */
import type { Figure } from '../../contracts/figures.ts';
import { smallestCount } from '../../contracts/home-promise-report.ts';
import { tellable, type Told } from '../../domain/figures/keep-back.ts';
import { everywhere, type Counts } from '../../domain/figures/tally.ts';
import type { Gateway } from '../gateway.ts';

/** What may be told of figures, worked out once for as long as they hold. */
const tellableOf = new WeakMap<Counts, Told>();

/** The figures that may be told: in them nobody can be recognised. */
export async function figuresToTell(gateway: Gateway): Promise<{ told: Told; countedAt: string }> {
  const { counts, countedAt } = await gateway.figures();
  const told = tellableOf.get(counts) ?? tellable(counts, smallestCount);
  tellableOf.set(counts, told);
  return { told, countedAt };
}

/** A figure that may be told, or that it is kept back. */
export const figureOf = (count: number | undefined): Figure =>
  count === undefined ? { count: null, suppressed: true } : { count };

/** Under which name a municipality is counted, or all of them. */
export const placeOf = (municipality: string | undefined): string => municipality ?? everywhere;
