/** What the log says of a partner's event that was refused: the route that waits for it can't tell that from silence. */
import type { Request, Response } from 'express';
import { RouteId } from '../contracts/ids.ts';
import type { Caller } from './access.ts';
import type { ApiProblem } from './problems.ts';
import { tellPartnerEvent } from './resources/partner-events.ts';

/**
 * Codes and places alone, and the route that it is about where it names one. Undefined for any other call.
 * @param problem - that it was answered with
 */
export function refusedEvent(req: Request, res: Response, { kind, errors = [] }: ApiProblem) {
  const { operation, caller } = res.locals as { operation?: string; caller?: Caller };
  if (operation !== tellPartnerEvent.operationId) return undefined;
  const { subject } = (req.body ?? {}) as { subject?: unknown };
  const route = RouteId.safeParse(subject ?? req.get('ce-subject')).data;
  const faults = errors.map(({ in: place, location, code }) => `${place} ${location}: ${code}`);
  const party = caller?.party;
  return {
    event: 'partner-event-refused',
    problem: kind,
    ...(party && { party }),
    ...(route && { route }),
    faults,
  };
}
