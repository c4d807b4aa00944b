/** The housing form that a body names, in the catalogue of the route's region. */
import type { HousingCatalogue, HousingForm } from '../../contracts/housing-form.ts';
import { t } from '../../contracts/text.ts';
import { localDay } from '../../domain/calendar.ts';
import { catalogueFor, formsOn } from '../../domain/housing-catalogue.ts';
import type { Call } from '../operation.ts';
import { invalidInput } from '../problems.ts';
import { visibleState } from './parts.ts';

type OfRoute = Pick<Call<{ routeId: string }, unknown, unknown, unknown>, 'caller' | 'params' | 'deps'>;

/**
 * @param id - what the body says in its `housingForm`, or elsewhere in it
 * @param location - where it says so, as a JSON pointer
 * @throws ApiProblem invalid-input when there is no such form today; unknown-route, worker-away, temporal-away
 */
export async function formOfRoute(
  { caller, params, deps: { gateway, housing, now } }: OfRoute,
  id: string,
  location = '/housingForm',
): Promise<HousingForm> {
  const { region, rules } = await visibleState(gateway, caller, params.routeId);
  return formIn(catalogueFor(housing, region), { id, location, day: localDay(now(), rules.calendar) });
}

/**
 * The form that a catalogue has under an id on a day.
 * @throws ApiProblem invalid-input when there is none
 */
export function formIn(
  catalogue: HousingCatalogue,
  { id, location, day }: { id: string; location: string; day: string },
): HousingForm {
  const forms = formsOn(catalogue, day);
  const form = forms.find((each) => each.id === id);
  if (form) return form;
  const known = forms.map((each) => each.id).join(', ');
  const detail = t(
    `moet een woonvorm uit de lijst ${catalogue.id} zijn: ${known}`,
    `must be a housing form of the catalogue ${catalogue.id}: ${known}`,
  );
  throw invalidInput([{ in: 'body', location, code: 'unknown-housing-form', detail }]);
}
