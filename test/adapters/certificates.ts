/** Certificates of the tests alone, made anew for each run. */
import { generate } from 'selfsigned';

export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** An authority that nobody knows but these tests. */
export async function authority(name: string) {
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, critical: true },
    ],
  });
  const ca = { key: made.private, cert: made.cert };
  const issue = async (cn: string, use: 'serverAuth' | 'clientAuth', ip: string): Promise<Certificate> => {
    const { cert, private: key } = await generate([{ name: 'commonName', value: cn }], {
      keyType: 'ec',
      algorithm: 'sha256',
      ca,
      extensions: [
        { name: 'basicConstraints', cA: false },
        { name: 'extKeyUsage', [use]: true },
        { name: 'subjectAltName', altNames: [{ type: 7, ip }] },
      ],
    });
    return { cert, key };
  };
  return {
    cert: ca.cert,
    ofServer: (ip = '127.0.0.1') => issue('a partner', 'serverAuth', ip),
    ofClient: (cn: string) => issue(cn, 'clientAuth', '127.0.0.1'),
  };
}
