/** A call as no client would make it: headers twice, bodies that break off. */
import { request } from 'node:http';
import type { Answer } from '../support/api-caller.ts';

export interface RawCall {
  readonly url: string;
  /** Name, value, name, value: as often as they are to stand there. */
  readonly headers: readonly string[];
  readonly body: string | Uint8Array;
}

/** POSTs it; every answer is JSON. */
export function postRaw({ url, headers, body }: RawCall): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = String(Buffer.byteLength(body));
    const own = headers.some((name) => name.toLowerCase() === 'content-length')
      ? []
      : ['content-length', length];
    const call = request(
      url,
      { method: 'POST', headers: ['host', new URL(url).host, ...headers, ...own] },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(parts).toString();
          const answered = Object.entries(response.headersDistinct).map(
            ([name, values = []]): [string, string] => [name, values.join(', ')],
          );
          resolve({
            status: response.statusCode ?? 0,
            headers: new Headers(answered),
            body: text ? JSON.parse(text) : undefined,
          });
        });
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}
