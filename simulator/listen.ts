import { createServer, type RequestListener, type Server } from 'node:http';

/**
 * Listens on a port; 0 takes a free one.
 * @returns the server and its URL, without a slash at the end
 * @throws Error with `code` and `syscall` of the operating system, such as EADDRINUSE
 */
export async function listen(
  app: RequestListener,
  { port, host }: { port: number; host: string },
): Promise<{ server: Server; url: string }> {
  const server = createServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  const taken = typeof address === 'object' && address ? address.port : port;
  return { server, url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}` };
}
