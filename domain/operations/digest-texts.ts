/** The sentences of a digest, in Dutch: those who get it read Dutch. Codes and dates go in, nothing personal can come out. */
import type { StuckDigest, StuckKind } from '../../contracts/digest.ts';
import { blockerName, partyText } from '../texts.ts';
import { stuckKinds, type Stuck } from './stuck.ts';

const counted: Record<StuckKind, string> = {
  technical: 'met een technische storing',
  deadlocked: 'in een impasse',
  overdue: 'te laat',
  'due-soon': 'bijna te laat',
  'on-hold': 'lang in de wacht',
  unchanged: 'lang zonder wijziging',
};

/** What a digest is about. */
export function digestSentence({ to }: Pick<StuckDigest, 'to'>, counts: StuckDigest['counts']): string {
  const { total } = counts;
  const whose = to === 'case-manager' ? 'van u' : 'van uw gemeente';
  const parts = stuckKinds.flatMap((kind) => (counts[kind] ? [`${counts[kind]} ${counted[kind]}`] : []));
  return `${total} ${total === 1 ? 'route' : 'routes'} ${whose} ${total === 1 ? 'vraagt' : 'vragen'} aandacht: ${parts.join(', ')}.`;
}

/** Why a route is in it, on whom it waits and what is missing. */
export function stuckSentence({ why, dueAt, changedAt, waitingOn, blockers, isWedged }: Stuck): string {
  const parties = waitingOn.map((party) => partyText(party, 'nl'));
  const missing = blockers.map((blocker) => blockerName(blocker, 'nl'));
  const head: Record<StuckKind, string> = {
    technical: isWedged ? 'Staat vast door een technische storing' : 'Technische storing',
    deadlocked: 'Impasse: partijen wachten op elkaar',
    overdue: dueAt ? `Te laat sinds ${dayText(dueAt)}` : 'Te laat',
    'due-soon': dueAt ? `Termijn nadert: uiterlijk ${dayText(dueAt)}` : 'Termijn nadert',
    'on-hold': `In de wacht, sinds ${dayText(changedAt)} ongewijzigd`,
    unchanged: `Sinds ${dayText(changedAt)} ongewijzigd`,
  };
  return [
    head[why],
    ...(parties.length > 0 ? [`wacht op ${parties.join(', ')}`] : []),
    ...(missing.length > 0 ? [missing.join(', ')] : []),
  ].join('; ');
}

const months =
  'januari februari maart april mei juni juli augustus september oktober november december'.split(' ');

/** A day as Dutch writes it: 30 november 2026. @param moment - a day, or a moment of which its day in UTC is near enough */
export function dayText(moment: string): string {
  const [year, month, day] = moment.slice(0, 10).split('-').map(Number) as [number, number, number];
  return `${day} ${months[month - 1]} ${year}`;
}
