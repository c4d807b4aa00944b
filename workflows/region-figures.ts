/**
 * Each week figures to every region over the open routes of its municipalities; small ones are kept back. Begun by the schedule
 * `region-figures` (ops/schedules.ts).
 */
import { tellAll, type TellAllInput, type ToldAll } from './tell-all.ts';

export function regionFigures(input: TellAllInput = {}): Promise<ToldAll> {
  return tellAll('region-figures.tell', input, {
    title: (day) => `Weekcijfers van de week van ${day}`,
    recipients: "regio's",
    summary: "Cijfers aan de regio's versturen",
  });
}
