/** Attributes of a CloudEvent as `ce-` headers: quoted or percent-encoded (HTTP protocol binding, 3.1.3.2), each once. */
import type { Request } from 'express';
import { t } from '../contracts/text.ts';
import { repeatable, type Attribute } from './cloud-event-attributes.ts';
import type { InputFault } from './problems.ts';

/** Every attribute whose header can be read, by its name. */
export function attributesInHeaders({ headers }: Pick<Request, 'headers'>): Attribute[] {
  return Object.entries(headers).flatMap(([header, value]): Attribute[] => {
    if (!header.startsWith('ce-')) return [];
    const decoded = decodedHeader(String(value));
    return decoded === undefined ? [] : [[header.slice('ce-'.length), decoded]];
  });
}

/** What is wrong with the headers themselves. */
export function headerFaults({ headersDistinct }: Pick<Request, 'headersDistinct'>): InputFault[] {
  return Object.entries(headersDistinct).flatMap(([header, values = []]) => {
    if (!header.startsWith('ce-') && header !== 'content-type') return [];
    const location = nameable(header);
    if (values.length > 1) return [{ in: 'header' as const, location, ...twice }];
    if (header === 'ce-datacontenttype' || header === 'ce-data')
      return [{ in: 'header' as const, location, ...notAHeader }];
    const isReadable = header === 'content-type' || decodedHeader(values[0] ?? '') !== undefined;
    return isReadable ? [] : [{ in: 'header' as const, location, ...notEncoded }];
  });
}

/** Where a fault is said to be. */
export const nameable = (header: string): string => repeatable(header).name ?? 'ce-';

const twice = {
  code: 'twice',
  detail: t('staat er meer dan eens', 'stands there more than once'),
};
const notAHeader = {
  code: 'not-a-header',
  detail: t(
    'hoort niet in een header: het soort inhoud is de Content-Type, de gegevens zijn de inhoud',
    'does not go in a header: the type of the data is the Content-Type, the data is the body',
  ),
};
const notEncoded = {
  code: 'not-encoded',
  detail: t(
    'is niet goed procent-gecodeerd, in UTF-8 en zichtbare ASCII-tekens',
    'is not well percent-encoded, in UTF-8 and visible ASCII characters',
  ),
};

/** Quotes go first, then one round of percent-decoding. Undefined when it is not well-formed, or no UTF-8. */
function decodedHeader(value: string): string | undefined {
  if (!/^[\x20-\x7e]*$/.test(value)) return undefined;
  const unquoted = value.replaceAll(/"((?:[^"\\]|\\.)*)"/g, (_, inner: string) =>
    inner.replaceAll(/\\(.)/g, '$1'),
  );
  try {
    return decodeURIComponent(unquoted);
  } catch {
    return undefined;
  }
}
