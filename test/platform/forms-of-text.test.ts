import { describe, expect, it } from 'vitest';
import { foundIn } from '../support/forms-of-text.ts';

const texts = { name: 'Zoë van Quistwater', bsn: '999990019', postcode: '7531ZQ' };
const among = (bytes: Buffer) => Buffer.concat([Buffer.from('x'.repeat(1000)), bytes, Buffer.alloc(1000)]);

describe('a text is found', () => {
  it.each([
    ['as it is', (text: string) => Buffer.from(text)],
    ['in UTF-16', (text: string) => Buffer.from(text, 'utf16le')],
    ['in UTF-16 the other way round', (text: string) => Buffer.from(text, 'utf16le').swap16()],
    ['in Latin-1', (text: string) => Buffer.from(text, 'latin1')],
    ['in hexadecimal', (text: string) => Buffer.from(Buffer.from(text).toString('hex'))],
    ['escaped in JSON', (text: string) => Buffer.from(text.replaceAll('ë', '\\u00eb'))],
    ['in a URL', (text: string) => Buffer.from(encodeURIComponent(text))],
    ...[0, 1, 2, 3, 4].map(
      (before) =>
        [
          `in base64, ${before} bytes from its beginning`,
          (text: string) =>
            Buffer.from(Buffer.from(`${'{"id":'.slice(0, before)}${text}"}`).toString('base64')),
        ] as const,
    ),
    ['in base64 of URLs', (text: string) => Buffer.from(Buffer.from(`>${text}?`).toString('base64url'))],
  ] as const)('%s', (_, write) => {
    for (const [name, text] of Object.entries(texts))
      expect(foundIn(among(write(text)), texts)).toEqual([name]);
  });

  it('only where it is', () => {
    expect(foundIn(among(Buffer.from('Zoe van Quistwater 99999001 7531ZR')), texts)).toEqual([]);
  });
});
