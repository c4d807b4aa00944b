/** The housing agreement of a scenario's region: made before the first route asks for a place. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HousingAgreementBody } from '../../contracts/housing-agreement.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { SettingsError } from '../../platform/settings.ts';
import { ApiProblem, type ApiClient } from './api-client.ts';
import { examplesFolder } from './read.ts';
import type { Scenario } from './scenario.ts';

type Place = Pick<Scenario, 'start' | 'folder'>;

/**
 * What was agreed for the region that a scenario names: as its own folder says, else the examples.
 * @returns undefined where neither says anything
 * @throws SettingsError: one line that names the file and its faults
 */
export async function agreementOf({
  start: { region },
  folder,
}: Place): Promise<HousingAgreementBody | undefined> {
  if (region === undefined) return undefined;
  const files = [
    join(folder, 'housing-agreement.json'),
    join(examplesFolder, 'housing-agreements', `${region}.json`),
  ];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const result = HousingAgreementBody.safeParse(JSON.parse(text));
    if (result.success) return result.data;
    const wrong = result.error.issues.map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`);
    throw new SettingsError(`${file}: ${wrong.join('; ')}`);
  }
  return undefined;
}

/**
 * Makes the agreement of a region and a year as its example says; one that is there already stays as it is.
 * @returns the line to say; undefined where the region has no example, or had its agreement
 */
export async function agreeOn(
  api: ApiClient,
  scenario: Place,
  { year, language = 'nl' }: { year: number; language?: Language },
): Promise<string | undefined> {
  const { region } = scenario.start;
  const body = await agreementOf(scenario);
  if (body === undefined) return undefined;
  try {
    await api.send('PUT', `/housing-agreements/${region}/${year}`, body, `demo-${region}-${year}`);
  } catch (error) {
    const isThere = error instanceof ApiProblem && [412, 428].includes(error.status);
    if (!isThere) throw error;
    return undefined;
  }
  const places = body.agreed.reduce((sum, each) => sum + each.places, 0);
  return language === 'nl'
    ? `Prestatieafspraak ${region} ${year}: ${places} plekken afgesproken`
    : `Housing agreement ${region} ${year}: ${places} places agreed`;
}

/** The year on Amsterdam's calendar. */
export const yearOf = (moment: Date): number =>
  Number(moment.toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' }));
