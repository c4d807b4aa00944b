/** A client that does not read, over a real connection: what waits for it is bounded, and it is told what it missed. */
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as passedOn } from 'node:timers/promises';
import express from 'express';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStream, type EventStream } from '../../api/http/event-stream.ts';
import { toldOf } from '../../api/watching/events.ts';
import type { Known } from '../../api/watching/memory.ts';
import { Watcher } from '../../api/watching/watcher.ts';
import { until } from '../support/until.ts';

let server: Server;
let opened: { watcher: Watcher; stream: EventStream; buffered: () => number; isOver: boolean };
beforeAll(async () => {
  const app = express().get('/', (req, res) =>
    openStream(req, res, (stream) => {
      const watcher = new Watcher({ filters: {} }, stream, () => 'here');
      opened = { watcher, stream, buffered: () => res.writableLength, isOver: false };
      stream.onEnd(() => (opened.isOver = true));
    }),
  );
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A client whose connection is open, and who reads nothing yet. */
async function client(): Promise<IncomingMessage> {
  const { port } = server.address() as AddressInfo;
  const [response] = await once(get({ port, host: '127.0.0.1', agent: false }), 'response');
  return (response as IncomingMessage).pause();
}

/** A change of one of so many routes; its number can be found in what is told. */
function change(nr: number, ofRoutes: number): Known {
  const routeId = `route-${nr % ofRoutes}`;
  const now = { routeId, municipality: 'GM0153', nr, blockers: ['x'.repeat(400)] } as unknown as Known['now'];
  const more = { before: undefined, left: [], had: [], movedAt: nr, runStartedAt: 0 };
  return { now, text: JSON.stringify(now), told: nr, ...more };
}

/** Tells changes until the client's buffers and a good deal more would be full; gives the most that was kept for it. */
async function tell({ ofRoutes, changes }: { ofRoutes: number; changes: number }): Promise<number> {
  let most = 0;
  for (let nr = 0; nr < changes; nr += 1) {
    opened.watcher.hear(toldOf(change(nr, ofRoutes), `${nr}`));
    most = Math.max(most, opened.buffered());
    if (nr % 100 === 0) await passedOn(); // what can be sent is sent
  }
  return most;
}

const aMegabyte = 1_000_000;

it('of each route the latest alone waits, and is told when the client reads', async () => {
  const response = await client();
  // 50 MB: no kernel keeps that for a connection.
  expect(await tell({ ofRoutes: 100, changes: 100_000 })).toBeLessThan(aMegabyte);
  let text = '';
  response
    .setEncoding('utf8')
    .on('data', (chunk: string) => (text += chunk))
    .resume();
  await until('the last is told', () => text.includes('"nr":99999,'));
  for (let nr = 99_900; nr < 100_000; nr += 1) expect(text).toContain(`"nr":${nr},`);
  expect(text).not.toContain('event: reset');
  expect(text.length).toBeLessThan(20 * aMegabyte);
  response.destroy();
});

it('of more routes than can wait nothing waits, and the client is told to read the list', async () => {
  const response = await client();
  expect(await tell({ ofRoutes: 100_000, changes: 100_000 })).toBeLessThan(aMegabyte);
  let text = '';
  response
    .setEncoding('utf8')
    .on('data', (chunk: string) => (text += chunk))
    .resume();
  await until('it is told', () => text.includes('id: here\nevent: reset\n'));
  opened.watcher.hear(toldOf(change(100_001, 100_000), '100001'));
  await until('it goes on from there', () =>
    text.endsWith('"nr":100001,"blockers":["' + 'x'.repeat(400) + '"]}\n\n'),
  );
  response.destroy();
});

it('who does not read is not waited for at the end', async () => {
  const response = await client();
  response.on('error', () => undefined); // its connection is broken off
  await tell({ ofRoutes: 100, changes: 50_000 });
  opened.watcher.end('reconnect');
  expect(await until('it is over', () => opened.isOver)).toBe(true);
  response.destroy();
});
