/** A small receiver in the API's place, a simulator beside it, and what a worker would send. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { onTestFinished, vi } from 'vitest';
import { PartnerEvent } from '../../contracts/partner-event.ts';
import type { PartnerRequest } from '../../contracts/partner-request.ts';
import type { PartnerParty } from '../../contracts/vocabulary.ts';
import { createSimulator, type SimulatorOptions } from '../../simulator/create-simulator.ts';
import type { Ledger, LedgerRow } from '../../simulator/ledger.ts';

interface Received {
  readonly event: PartnerEvent;
  readonly authorization: string;
}

/** Takes events in; `next` holds what it answers before it goes back to 200 applied. */
export async function startReceiver() {
  const received: Received[] = [];
  const next: { status: number; body: object }[] = [];
  const app = express();
  app.use(express.json({ type: 'application/cloudevents+json' }));
  app.post('/v1/partner-events', (req, res) => {
    received.push({ event: PartnerEvent.parse(req.body), authorization: req.get('authorization') ?? '' });
    const { status, body } = next.shift() ?? { status: 200, body: { receipt: 'applied' } };
    res.status(status).json(body);
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { received, next, replyTo: `http://127.0.0.1:${port}/v1/partner-events` };
}

/** A folder of this test's own. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A simulator that runs until the test ends, with calls as an outsider makes them. */
export async function startSimulator(options: Partial<SimulatorOptions> = {}) {
  const dataDir = options.dataDir ?? (await temporaryFolder());
  const running = await createSimulator({ delayMs: 0, ...options, dataDir }).start();
  let isOpen = true;
  const close = async () => {
    if (isOpen) await running.close();
    isOpen = false;
  };
  onTestFinished(close);
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${running.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const ask = (party: PartnerParty, request: PartnerRequest) =>
    call('POST', `/${party}/requests`, request, { 'idempotency-key': request.requestId });
  const behave = (...rules: object[]) => call('PUT', '/control/behaviours', rules);
  const ledger = async (routeId?: string): Promise<Ledger> => {
    const response = await call('GET', `/control/ledger${routeId ? `?routeId=${routeId}` : ''}`);
    // eslint-disable-next-line typescript/no-unsafe-type-assertion -- the simulator's own type
    return (await response.json()) as Ledger;
  };
  const row = async (requestId: string): Promise<LedgerRow | undefined> =>
    (await ledger()).requests.find((each) => each.requestId === requestId);
  return { ...running, dataDir, close, call, ask, behave, ledger, row };
}

/** A request as the worker sends it. */
export function requestFor(replyTo: string, stepId: string, routeId: string = randomUUID()): PartnerRequest {
  return {
    requestId: `${routeId}:${stepId}:1`,
    stepId,
    routeId,
    municipality: 'GM0153',
    dueAt: '2027-01-04T23:00:00Z',
    basis: 'Wgs art. 4(1)',
    rule: 'debt.first-talk',
    ruleSet: 'nl',
    version: '2026-07-01',
    data: { birthYear: 1991 },
    replyTo,
  };
}

/** Waits until a condition holds; the last failure says what was missing. */
export const until = <T>(condition: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(condition, { timeout: 100_000, interval: 10 });
