/** The notification service, played: it keeps what it was told, each key once, for people and tests to look at. */
import { Router } from 'express';
import { z } from 'zod';
import { StuckDigest } from '../contracts/digest.ts';
import { RegionFigures } from '../contracts/region-figures.ts';
import { CallRefused, checked } from './problems.ts';

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
type Received = { readonly key: string; readonly at: string; readonly times: number };
export type Message = z.infer<typeof Message> & Received;

/** What is no notice about one route, by its kind. */
const others = { 'stuck-digest': StuckDigest, 'region-figures': RegionFigures } as const;
const Kind = z.object({ kind: z.string() });
const Look = z.strictObject({
  routeId: z.string().optional(),
  kind: z.string().optional(),
  recipient: z.string().optional(),
});
const Away = z.strictObject({ recipients: z.array(z.string()) });

/**
 * `POST /notifications`; `GET /control/notifications?routeId=&kind=&recipient=` to look at them, each with how often it came;
 * `PUT /control/notifications/away` with those for whom nothing is taken for now.
 */
export function notificationRoutes(): Router {
  const told = new Map<string, (Message | ((StuckDigest | RegionFigures) & Received)) & { times: number }>();
  let away = new Set<string>();
  const router = Router();
  router.post('/notifications', (req, res) => {
    const key = req.get('idempotency-key') ?? '';
    const { kind } = checked(Kind, req.body);
    const schema = Object.hasOwn(others, kind) ? others[kind as keyof typeof others] : Message;
    const message = checked<StuckDigest | RegionFigures | z.infer<typeof Message>>(schema, req.body);
    if (away.has(message.recipient))
      throw new CallRefused({
        status: 503,
        kind: 'away',
        detail: 'Nothing is taken for this recipient now.',
      });
    const before = told.get(key);
    if (before) before.times += 1;
    else told.set(key, { key, at: new Date().toISOString(), times: 1, ...message });
    res.status(202).json({ key });
  });
  router.get('/control/notifications', (req, res) => {
    const asked = Object.entries(checked(Look, req.query, 'query'));
    const fits = (message: object) =>
      asked.every(([name, value]) => (message as Record<string, unknown>)[name] === value);
    res.json([...told.values()].filter(fits));
  });
  router.put('/control/notifications/away', (req, res) => {
    away = new Set(checked(Away, req.body).recipients);
    res.status(204).end();
  });
  return router;
}
