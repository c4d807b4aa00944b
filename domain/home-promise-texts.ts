/** The promise of a home in a sentence, in Dutch and English: dates alone, since nothing here knows what day it is. */
import { basisText } from './basis-texts.ts';
import type { HomePromiseStatus, Language } from '../contracts/vocabulary.ts';
import { promiseStatus } from './home-promise.ts';
import type { RouteState } from './route-state.ts';
import { t, type Text } from './text.ts';

/** What became of it; {kept}: the day of the keys. */
const outcomes: Record<HomePromiseStatus, Text> = {
  running: t('', ''),
  passed: t('; te laat: er is nog geen woning', '; overdue: there is no home yet'),
  kept: t('; sleutels op {kept}', '; keys on {kept}'),
  'kept-late': t('; sleutels op {kept}, te laat', '; keys on {kept}, too late'),
  ended: t('; vervallen: de route eindigt', '; ended with the route'),
};
const endedPassed = t(
  '; te laat: de route eindigt zonder woning',
  '; overdue: the route ends without a home',
);
const lapsed = t(
  '; vervallen: de route ging naar een andere regio',
  '; lapsed: the route went to another region',
);
const standsStill = t('; staat stil: route in de wacht', '; stands still: route on hold');

/**
 * "Woning beloofd uiterlijk 2027-05-24, gerekend vanaf 2026-11-24 (…)"; undefined for a route that was promised nothing.
 * @param clock - a moment as people read it
 */
export function promiseText(
  state: RouteState,
  clock: (moment: string) => string,
  language: Language,
): string | undefined {
  const { homePromise, agreement, hold, ending } = state;
  const status = promiseStatus(state);
  if (!homePromise || !status) return undefined;
  const [dueAt, since] = [clock(homePromise.dueAt), clock(homePromise.since).slice(0, 10)];
  const basis = basisText(agreement?.homePromise?.basis ?? homePromise.rule, language);
  const promised =
    language === 'nl'
      ? `Woning beloofd uiterlijk ${dueAt}, gerekend vanaf ${since} (${basis})`
      : `Home promised by ${dueAt}, counted from ${since} (${basis})`;
  const isLapsed = homePromise.lapsedAt !== undefined && !homePromise.keptAt;
  const outcome = isLapsed ? lapsed : status === 'passed' && ending ? endedPassed : outcomes[status];
  const still = status === 'running' && hold ? standsStill[language] : '';
  const kept = homePromise.keptAt ? clock(homePromise.keptAt).slice(0, 10) : '';
  return promised + outcome[language].replace('{kept}', kept) + still;
}
