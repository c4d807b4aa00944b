/** News of long ago, or of days to come, is not taken: what was caught on its way can't be played again for ever. */
import { t } from '../contracts/text.ts';
import { ApiProblem } from './problems.ts';

/** By how much clocks may differ. */
export const clockSkewMs = 5 * 60_000;
const dayMs = 86_400_000;

/**
 * Holds the `time` of an event against now. Within the window a second arrival is known by its id, which the route keeps
 * for longer.
 * @throws ApiProblem event-out-of-time
 */
export function checkTime(time: string, { now, windowDays }: { now: string; windowDays: number }): void {
  const ageMs = Date.parse(now) - Date.parse(time);
  if (ageMs >= -clockSkewMs && ageMs <= windowDays * dayMs) return;
  throw new ApiProblem(
    'event-out-of-time',
    ageMs < 0
      ? t(
          'De time van het bericht moet nog komen; meer dan vijf minuten verschil tussen klokken wordt niet aanvaard.',
          "The event's time is still to come; clocks may differ by five minutes at the most.",
        )
      : t(
          `De time van het bericht is langer dan ${windowDays} dagen geleden. Is het nog waar, vertel het dan opnieuw, onder een ander id.`,
          `The event's time is more than ${windowDays} days ago. If it still holds, tell it anew, under another id.`,
        ),
  );
}
