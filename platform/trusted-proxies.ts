/** The setting TRUST_PROXY: who in front may say from which address a call came. */
import { isIP } from 'node:net';
import { z } from 'zod';

const networks: readonly string[] = ['loopback', 'linklocal', 'uniquelocal'];

/** A number of proxies, or a list of addresses, networks (`10.0.0.0/8`) and names of networks; undefined: nobody. */
export const trustedProxies = z
  .string()
  .optional()
  .transform((text, ctx): number | readonly string[] | undefined => {
    if (text === undefined) return undefined;
    if (/^[1-9]\d?$/.test(text)) return Number(text);
    const named = text.split(',').map((each) => each.trim());
    if (named.every(isNetwork)) return named;
    // Never all of them: then anybody could say to be anybody.
    ctx.addIssue({
      code: 'custom',
      message: `must be a number of proxies, or a list of addresses, networks or ${networks.join(', ')}`,
    });
    return z.NEVER;
  });

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  if (networks.includes(text)) return true;
  if (family === 0 || more.length > 0) return false;
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (family === 4 ? 32 : 128))
  );
}
