/** The notification service, played: it keeps what it was told, each key once, for people and tests to look at. */
import { Router } from 'express';
import { z } from 'zod';
import { checked } from './problems.ts';

const Message = z.object({
  kind: z.string(),
  to: z.string(),
  recipient: z.string(),
  routeId: z.string(),
  municipality: z.string(),
  stepId: z.string(),
  dueAt: z.string(),
  basis: z.string(),
  rule: z.string().optional(),
  ruleSet: z.string().optional(),
  version: z.string().optional(),
});
export type Message = z.infer<typeof Message> & { key: string; at: string };

/** `POST /notifications`, and `GET /control/notifications?routeId=` to look at them. */
export function notificationRoutes(): Router {
  const told = new Map<string, Message>();
  const router = Router();
  router.post('/notifications', (req, res) => {
    const key = req.get('idempotency-key') ?? '';
    const message = checked(Message, req.body);
    if (!told.has(key)) told.set(key, { key, at: new Date().toISOString(), ...message });
    res.status(202).json({ key });
  });
  router.get('/control/notifications', (req, res) => {
    const { routeId } = req.query;
    res.json([...told.values()].filter((message) => routeId === undefined || message.routeId === routeId));
  });
  return router;
}
