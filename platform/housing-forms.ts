/** Loads the housing forms and rent caps that stand in `rules/`, and checks them: a wrong one stops the start. */
import { join } from 'node:path';
import { HousingCatalogue } from '../contracts/housing-form.ts';
import { RentCaps, type RentCap } from '../contracts/rent-cap.ts';
import { formsOn, type HousingBook } from '../domain/housing-catalogue.ts';
import {
  checkDates,
  checkName,
  fault,
  jsonFilesIn,
  overlap,
  readChecked,
  rentCapsFile,
} from './rule-sets/read.ts';

const rules = join(import.meta.dirname, '..', 'rules');
const under = 'housing-forms';

/**
 * Reads every catalogue of housing forms, and the rent caps.
 * @param now - ISO 8601 moment: on its day each catalogue must have a direct own home, since that is what is advised
 *   where the person has no other wish. Rent caps may lack: a new year begins before its figures are known to everybody.
 * @throws SettingsError: one line that names file and fault
 */
export async function loadHousingBook(now: string, folder = rules): Promise<HousingBook> {
  const day = now.slice(0, 10); // an hour more or less decides nothing here
  let national: HousingCatalogue | undefined;
  const regional = new Map<string, HousingCatalogue>();
  for (const name of await jsonFilesIn(join(folder, under))) {
    const { file, data } = await readChecked(HousingCatalogue, folder, join(under, name));
    checkCatalogue(file, data, day);
    const { region } = data;
    const other = region === undefined ? national : regional.get(region);
    if (other) throw fault(file, `is a catalogue for the same as ${other.id}: ${region ?? 'the country'}`);
    if (region === undefined) national = data;
    else regional.set(region, data);
  }
  if (!national) throw fault(join('rules', under), 'no national catalogue: each names a region');
  const { file, data } = await readChecked(RentCaps, folder, rentCapsFile);
  checkCaps(file, data.caps);
  return { national, regional, rentCaps: data.caps };
}

function checkCatalogue(file: string, catalogue: HousingCatalogue, day: string): void {
  checkName(file, catalogue);
  checkDates(file, 'forms', catalogue.forms);
  if (!formsOn(catalogue, day).some(({ direct }) => direct))
    throw fault(file, `no direct own home on ${day}`);
}

/** On no day may two caps hold for one age. */
function checkCaps(file: string, caps: readonly RentCap[]): void {
  for (const [i, cap] of caps.entries()) {
    const { ages, from, until } = cap;
    if (until !== undefined && until < from)
      throw fault(file, `caps.${i} holds until ${until}, before it begins on ${from}`);
    const other = caps.slice(0, i).find((earlier) => overlap(earlier, cap) && sharesAge(earlier, cap));
    if (!other) continue;
    const age = Math.max(other.ages.from, ages.from);
    throw fault(file, `two caps for age ${age} hold on ${other.from > from ? other.from : from}`);
  }
}

function sharesAge({ ages: one }: RentCap, { ages: other }: RentCap): boolean {
  return one.from <= (other.to ?? Infinity) && other.from <= (one.to ?? Infinity);
}
