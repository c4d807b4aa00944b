/** An OTLP collector on the loopback: keeps the spans that are sent to it, as JSON. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';

export interface Seen {
  readonly service: string;
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** The spans that it came of. */
  readonly causes: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

type Value = { stringValue?: string; intValue?: number | string };
type Attributes = readonly { key: string; value: Value }[];
interface Sent {
  resourceSpans: {
    resource: { attributes: Attributes };
    scopeSpans: {
      spans: {
        name: string;
        traceId: string;
        spanId: string;
        parentSpanId?: string;
        links?: { traceId: string; spanId: string }[];
        attributes: Attributes;
      }[];
    }[];
  }[];
}

const plain = (attributes: Attributes) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]));

export async function startCollector() {
  const spans: Seen[] = [];
  const bodies: string[] = [];
  const take = (body: string) => {
    bodies.push(body);
    for (const { resource, scopeSpans } of (JSON.parse(body) as Sent).resourceSpans)
      for (const span of scopeSpans.flatMap((each) => each.spans)) {
        const { parentSpanId = '', links = [], attributes } = span;
        spans.push({
          ...span,
          service: String(plain(resource.attributes)['service.name']),
          parentSpanId,
          causes: links.map((link) => link.spanId),
          attributes: plain(attributes),
        });
      }
  };
  const server = createServer((req, res) => {
    const answer = () => res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    void text(req).then(take).then(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: spans as readonly Seen[],
    /** All that was sent, as it came. */
    bodies: bodies as readonly string[],
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
