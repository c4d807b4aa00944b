/** A cable between two parts that a test can pull out: TCP, passed on as it comes. */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Cable {
  /** host:port of this end. */
  readonly address: string;
  /** Breaks what is under way, and refuses what comes. */
  pull(): void;
  plugIn(): void;
  close(): Promise<void>;
}

/** @param to - host:port of the other end */
export async function cableTo(to: string): Promise<Cable> {
  const [host, port] = to.split(':') as [string, string];
  const ends = new Set<Socket>();
  let isPlugged = true;
  const server = createServer((near) => {
    if (!isPlugged) {
      near.destroy();
      return;
    }
    const far = connect(Number(port), host);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const pull = () => {
    isPlugged = false;
    for (const end of ends) end.destroy();
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    pull,
    plugIn: () => (isPlugged = true),
    async close() {
      pull();
      server.close();
      await once(server, 'close');
    },
  };
}
