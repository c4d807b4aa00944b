/**
 * Many routes that stand still: in the middle of their lives, with ten partner steps behind them. What they wait for
 * is the intake's decision and the end of the repayment, eighteen months away.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { caller } from '../../test/support/api-caller.ts';
import { aPerson, aStart } from '../../test/support/case-manager.ts';
import { loadSigningKey, signToken } from '../../simulator/identity.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';

/** The steps that partners do before a decision of the case manager is needed. */
const answersEach = 10;
const underWayAtOnce = 12; // with more, requests wait so long for the two cores that they time out
const parkedWithinMs = 15 * 60_000;

/** Rules: the national ones, so that nothing ends meanwhile. Partners answer at once. */
export const environment = { RULES: 'nl', SIMULATOR_DELAY_MS: '20', LOG_LEVEL: 'silent' };

/** Where API and partners are. */
export interface Addresses {
  readonly apiUrl: string;
  readonly simulatorUrl: string;
}

/** The token of a case manager, a partner or a policy officer, for two hours. */
export async function tokenOf(
  dataDir: string,
  { simulatorUrl }: Pick<Addresses, 'simulatorUrl'>,
  who: { party?: PartnerParty; municipality?: string; role?: 'policy' | 'process-director' },
) {
  const role = who.party ? 'partner' : (who.role ?? 'case-manager');
  return signToken({
    key: await loadSigningKey(dataDir),
    issuer: `${simulatorUrl}/identity`,
    audience: 'outflow-routes',
    role,
    subject: who.party ?? 'cm-17',
    ...(who.party
      ? { party: who.party }
      : who.role !== 'policy' && { municipality: who.municipality ?? 'GM0153' }),
    expiresInSeconds: 2 * 3600,
  });
}

/**
 * Starts routes through the API, and waits until all of them stand still. Gives back their ids.
 * @param before - routes that stood still already
 */
export async function park(count: number, at: Addresses, token: string, before = 0): Promise<string[]> {
  const api = caller(at.apiUrl, token);
  const body = { ...aStart, person: aPerson, wishes: { living: 'Zelfstandig, dicht bij de familie' } };
  const ids: string[] = [];
  const expected = (before + count) * answersEach;
  const end = Date.now() + parkedWithinMs;
  for (let answers = await answersAt(at); answers < expected; answers = await answersAt(at)) {
    if (Date.now() > end) throw new Error(`Only ${answers} of ${expected} answers came`);
    const room = underWayAtOnce - (before + ids.length - Math.floor(answers / answersEach));
    await atOnce(4, Math.min(room, count - ids.length), async () => {
      const answer = await api.post('/routes', body);
      if (answer.status !== 201) throw new Error(`A route did not start: status ${answer.status}`);
      ids.push(answer.body.routeId as string);
    });
    await sleep(200);
  }
  return ids;
}

/** How many requests the partners have answered. */
async function answersAt({ simulatorUrl }: Addresses): Promise<number> {
  const ledger = await (await fetch(`${simulatorUrl}/control/ledger`)).json();
  return (ledger as { totals: { answers: number } }).totals.answers;
}

/** Does something so many times, so many at once. */
export async function atOnce(width: number, count: number, act: (i: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await act(next++);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
