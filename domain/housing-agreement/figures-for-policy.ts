/**
 * What policy is told of a ledger: all that is agreed, and of the places that people hold what the report on agreements
 * tells as well, by municipality and in all. A figure by which somebody could be recognised, or from which such a one
 * could be reckoned, is null.
 */
import type { Utilisation } from '../../contracts/housing-agreement-views.ts';
import { tellable, type Told } from '../figures/keep-back.ts';
import { everywhere } from '../figures/tally.ts';

type Places = Pick<Utilisation, 'carriedOn' | 'reserved' | 'realised' | 'free'>;

const keptBack: Places = { carriedOn: null, reserved: null, realised: null, free: null };

/** The same numbers, less those that are kept back. @param smallest - what is less than this is */
export function figuresForPolicy(all: Utilisation, smallest: number): Utilisation {
  const { byMunicipality } = all;
  const rows = [{ municipality: everywhere, ...all }, ...byMunicipality];
  const told = tellable(
    new Map(
      rows.map(({ municipality, reserved, realised }) => [
        municipality,
        new Map([
          ['reserved/all', reserved ?? 0],
          ['realised/all', realised ?? 0],
        ]),
      ]),
    ),
    smallest,
  );
  return {
    ...all,
    ...placesOf(told, everywhere, all),
    queued: all.queued !== null && all.queued >= smallest ? all.queued : null,
    // By what else there is of a place a municipality's small figure could be reckoned: a corporation may have homes there alone.
    byCorporation: all.byCorporation.map((each) => ({ ...each, ...keptBack })),
    byHousingForm: all.byHousingForm.map((each) => ({ ...each, ...keptBack })),
    byMunicipality: byMunicipality.map((each) => ({ ...each, ...placesOf(told, each.municipality, each) })),
    byNeighbourhood: all.byNeighbourhood.flatMap((each) =>
      each.maximum === undefined ? [] : [{ ...each, reserved: null, realised: null }],
    ),
  };
}

/** What is free says how many are taken: it is told where both sorts of taken places are. */
function placesOf(told: Told, municipality: string, { free, carriedOn }: Places): Places {
  const reserved = told(municipality, 'reserved/all') ?? null;
  const realised = told(municipality, 'realised/all') ?? null;
  if (reserved === null || realised === null) return { ...keptBack, reserved, realised };
  return { carriedOn, reserved, realised, free };
}
