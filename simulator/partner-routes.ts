/** The door of each partner: `/{party}/requests`, `/{party}/releases` and `/{party}/erasures`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Router, type Request, type Response } from 'express';
import { PartnerErasure } from '../contracts/erasure.ts';
import { PartnerRelease, PartnerRequest } from '../contracts/partner-request.ts';
import { PartnerParty } from '../contracts/vocabulary.ts';
import { behaviourFor, type Asked, type Behaviour } from './behaviours.ts';
import type { Book } from './book.ts';
import type { Desk } from './desk.ts';
import { CallRefused, checked, unknownPath } from './problems.ts';

export interface PartnerRoutesOptions {
  readonly book: Book;
  readonly desk: Desk;
  readonly delayMs: number;
  /** Counts calls that found no open door, by request. */
  readonly turnAway: (requestId: string) => void;
  /** Keeps under which trace a request came. */
  readonly hearTrace: (requestId: string, traceparent: string) => void;
  /** Resolves once nothing that a party had of a route can be read any more. */
  readonly erase: (routeId: string, party: PartnerParty) => Promise<void>;
}

/** The partners' routes. */
export function partnerRoutes({
  book,
  desk,
  delayMs,
  turnAway,
  hearTrace,
  erase,
}: PartnerRoutesOptions): Router {
  const router = Router();

  router.post('/:party/requests', async (req, res) => {
    const party = partyOf(req);
    const request = requestOf(req);
    const { requestId } = request;
    hearTrace(requestId, req.get('traceparent') ?? '');
    const rule = behaviourFor(book.behaviours, { ...request, party });
    if (rule.mode === 'down' || rule.mode === 'rejecting') turnAway(requestId);
    if (rule.mode === 'down') return stayAway(rule, res);
    if (rule.mode === 'rejecting')
      throw new CallRefused({
        status: 400,
        kind: 'rejected',
        detail: 'This partner will never take this request.',
      });
    const known = book.entries.get(requestId);
    if (known && known.party !== party)
      throw new CallRefused({ status: 409, kind: 'key-in-use', detail: 'Another partner has this request.' });
    await desk.accept(party, request);
    if (rule.mode === 'slow') await sleep(rule.delayMs ?? delayMs, undefined, { ref: false });
    res.status(202).json({ requestId });
  });

  router.post('/:party/releases', async (req, res) => {
    const party = partyOf(req);
    const { requestId } = checked(PartnerRelease, req.body);
    const rule = behaviourFor(book.behaviours, askedFor(requestId, party));
    if (rule.mode === 'down') return stayAway(rule, res);
    // Releasing what was never asked, or is released already, changes nothing: the caller may simply repeat.
    if (book.entries.get(requestId)?.party === party) await desk.release(requestId);
    res.status(202).json({ requestId });
  });

  router.post('/:party/erasures', async (req, res) => {
    const party = partyOf(req);
    const { routeId, erasureId } = checked(PartnerErasure, req.body);
    const rule = behaviourFor(book.behaviours, {
      requestId: erasureId,
      routeId,
      party,
      stepId: `erasure.${party}`,
    });
    if (rule.mode === 'down') return stayAway(rule, res);
    await erase(routeId, party);
    res.status(200).json({ outcome: 'erased' });
  });

  return router;
}

function partyOf(req: Request<{ party: string }>): PartnerParty {
  return PartnerParty.safeParse(req.params.party).data ?? unknownPath();
}

function requestOf(req: Request<{ party: string }>): PartnerRequest {
  const request = checked(PartnerRequest, req.body);
  const { requestId, routeId, stepId } = request;
  const wrong = (location: string, where: 'header' | 'body', detail: string) => {
    const errors = [{ in: where, location, code: 'mismatch', detail }];
    return new CallRefused({ status: 400, kind: 'malformed', detail, errors });
  };
  if (req.get('idempotency-key') !== requestId)
    throw wrong('Idempotency-Key', 'header', 'The Idempotency-Key must be the requestId.');
  if (!requestId.startsWith(`${routeId}:${stepId}:`))
    throw wrong('/requestId', 'body', 'The requestId must name this route and step.');
  return request;
}

function askedFor(requestId: string, party: PartnerParty): Asked {
  const [routeId = '', stepId = ''] = requestId.split(':');
  return { requestId, routeId, party, stepId };
}

function stayAway({ how }: Behaviour, res: Response): void {
  if (how === 'reset') {
    res.socket?.destroy();
    return;
  }
  throw new CallRefused({ status: 503, kind: 'down', detail: 'This partner is out of order.' });
}
