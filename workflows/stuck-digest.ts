/**
 * Each working day's morning one message to every owner of routes that stand still, worst first. It asks no route: it reads
 * the lists of the store, in the activity, and keeps none of them. Begun by the schedule `stuck-digest` (ops/schedules.ts).
 */
import { tellAll, type TellAllInput, type ToldAll } from './tell-all.ts';

export function stuckDigest(input: TellAllInput = {}): Promise<ToldAll> {
  return tellAll('digest.tell', input, {
    title: (day) => `Ochtendbericht van ${day}: routes die stilstaan`,
    recipients: 'eigenaren',
    summary: 'Overzicht per eigenaar versturen',
  });
}
