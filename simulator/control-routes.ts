/** The control panel: how the partners behave, and what they did. For people and tests, not for the product. */
import { Router } from 'express';
import { z } from 'zod';
import { RequestId, RouteId } from '../contracts/ids.ts';
import { Behaviours, type Behaviour } from './behaviours.ts';
import type { Book } from './book.ts';
import type { Desk } from './desk.ts';
import type { Ledger } from './ledger.ts';
import { CallRefused, checked } from './problems.ts';

const AnswerOne = z.strictObject({ requestId: RequestId });
const AnswerAll = z.strictObject({ routeId: RouteId.optional() });
const LedgerQuery = z.strictObject({ routeId: RouteId.optional() });

export interface ControlRoutesOptions {
  readonly book: Book;
  readonly desk: Desk;
  readonly ledger: (routeId?: string) => Ledger;
  readonly setBehaviours: (rules: readonly Behaviour[]) => Promise<void>;
}

/** The routes under `/control`. */
export function controlRoutes({ book, desk, ledger, setBehaviours }: ControlRoutesOptions): Router {
  const router = Router();

  router.get('/behaviours', (_req, res) => {
    res.json(book.behaviours);
  });
  router.put('/behaviours', async (req, res) => {
    await setBehaviours(checked(Behaviours, req.body));
    res.json(book.behaviours);
  });
  router.delete('/behaviours', async (_req, res) => {
    await setBehaviours([]);
    res.status(204).end();
  });

  router.get('/ledger', (req, res) => {
    res.json(ledger(checked(LedgerQuery, req.query, 'query').routeId));
  });

  router.post('/answer', (req, res) => {
    const entry = book.entries.get(checked(AnswerOne, req.body).requestId);
    if (!entry?.request)
      throw new CallRefused({ status: 404, kind: 'not-found', detail: 'No partner has this request.' });
    if (entry.released)
      throw new CallRefused({ status: 409, kind: 'released', detail: 'This request was withdrawn.' });
    desk.answerNow(entry);
    res.status(202).json({ requestId: entry.requestId });
  });
  router.post('/answer-all', (req, res) => {
    const { routeId } = checked(AnswerAll, req.body ?? {});
    const open = [...book.entries.values()].filter(
      (entry) =>
        entry.request && !entry.released && !entry.settled && (!routeId || entry.routeId === routeId),
    );
    for (const entry of open) desk.answerNow(entry);
    res.status(202).json({ answering: open.length });
  });

  return router;
}
