/** The housing agreement of a demo's region: made before the first route asks for a place. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HousingAgreementBody } from '../../contracts/housing-agreement.ts';
import { ApiProblem, type ApiClient } from './api-client.ts';

const folder = join(import.meta.dirname, '..', '..', 'examples', 'housing-agreements');

/**
 * Makes this year's agreement of a region as its example says; one that is there already stays as it is.
 * @returns the line to say; undefined where the region has no example, or had its agreement
 */
export async function agreeOn(api: ApiClient, region: string, now: Date): Promise<string | undefined> {
  const text = await readFile(join(folder, `${region}.json`), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const body = HousingAgreementBody.parse(JSON.parse(text));
  const year = now.toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' });
  try {
    await api.put(`/housing-agreements/${region}/${year}`, body, `demo-${region}-${year}`);
  } catch (error) {
    const isThere = error instanceof ApiProblem && [412, 428].includes(error.status);
    if (!isThere) throw error;
    return undefined;
  }
  const places = body.agreed.reduce((sum, each) => sum + each.places, 0);
  return `Prestatieafspraak ${region} ${year}: ${places} plekken afgesproken`;
}
