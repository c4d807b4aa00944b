/** A municipality's record system that speaks the ZGW Zaken API, instead of docs/partners.md's own requests. */
import { PartnerFailed, type PartnerPort } from '../../activities/ports.ts';
import type { PartnerRequest } from '../../contracts/partner-request.ts';
import {
  ZgwFile,
  ZgwList,
  ZgwOne,
  zgwPaths,
  type ZgwCatalogue,
  type ZgwMade,
  type ZgwResource,
} from '../../contracts/zgw.ts';
import type { Zgw } from '../../platform/zgw.ts';
import type { WayOut } from '../outbound/way-out.ts';
import { askJson } from './post-json.ts';
import { zgwIdentification, zgwParts, zgwZaak, type ZgwPart } from './zgw-messages.ts';

/** A zaak may have a geometry, so calls about one must name the system of its coordinates, also where it has none. */
const crs = { 'accept-crs': 'EPSG:4326', 'content-crs': 'EPSG:4326' };

/**
 * ZGW knows no requests and tells nothing later: the file is made, piece by piece, and with the last piece the step is
 * done. Each piece is looked for before it is made, so that whoever comes after a crash goes on where it stopped.
 * @param way - to the Zaken API, with its version (`…/zaken/api/v1`)
 */
export function zgwRecords(way: WayOut, { catalogues, token }: Zgw): PartnerPort {
  /** @param of - the request that it is part of */
  const call = async (
    of: PartnerRequest,
    resource: ZgwResource,
    more: { query?: Record<string, string>; body?: object; key?: string },
  ) => {
    const query = more.query ? `?${new URLSearchParams(more.query).toString()}` : '';
    return askJson({
      way,
      path: `${zgwPaths[resource]}${query}`,
      about: of.requestId,
      method: more.body ? 'POST' : 'GET',
      ...(more.body && { body: more.body }),
      ...(more.key && { key: more.key }),
      headers: { authorization: `Bearer ${await token()}`, ...(resource === 'zaak' && crs) },
    });
  };
  const find = async (
    of: PartnerRequest,
    resource: ZgwResource,
    query: Record<string, string>,
  ): Promise<readonly ZgwMade[]> => read(ZgwList, await call(of, resource, { query }));

  async function zaakFor(request: PartnerRequest, file: ZgwFile, catalogue: ZgwCatalogue): Promise<string> {
    const query = { identificatie: zgwIdentification(request), bronorganisatie: catalogue.rsin };
    const known = async () => (await find(request, 'zaak', query))[0]?.url;
    const before = await known();
    if (before) return before;
    try {
      const body = zgwZaak(request, file, catalogue);
      return read(ZgwOne, await call(request, 'zaak', { body, key: query.identificatie })).url;
    } catch (error) {
      // Another worker may have made it meanwhile: an identification is given once.
      const meanwhile = isRejected(error) ? await known() : undefined;
      if (meanwhile) return meanwhile;
      throw error;
    }
  }

  async function ensure(of: PartnerRequest, zaak: string, part: ZgwPart, at: number): Promise<void> {
    const { resource, body, isIt } = part;
    const key = `${zgwIdentification(of)}:${at}`;
    if (!(await find(of, resource, { zaak })).some(isIt)) await call(of, resource, { body, key });
  }

  async function handOver(request: PartnerRequest): Promise<'done'> {
    const catalogue = catalogues[request.municipality];
    if (!catalogue) return rejected(`ZGW_CATALOGUE has nothing of ${request.municipality}`);
    const file = fileOf(request);
    const zaak = await zaakFor(request, file, catalogue);
    for (const [at, part] of zgwParts(zaak, file, catalogue).entries()) await ensure(request, zaak, part, at);
    return 'done';
  }

  const oneAtATime = queue();
  return {
    request: (request) => oneAtATime(zgwIdentification(request), () => handOver(request)),
    // Nothing is taken back: a file is not for a machine to destroy, and the next attempt goes on with the same one.
    release: () => Promise.resolve(),
    // It is never asked: the file is for the municipality to keep (Wmo 2015 art. 5.3.4).
    erase: () => Promise.resolve({ outcome: 'kept', ground: 'legal-obligation' }),
  };

  function read<T>(schema: { safeParse: (answer: unknown) => { data?: T } }, answer: unknown): T {
    const { data } = schema.safeParse(answer);
    return data ?? rejected(`${way.who} did not answer as the Zaken API does`);
  }
}

/** @throws PartnerFailed PartnerRejected when ZGW has no place for the step, or for a field that it discloses */
function fileOf({ stepId, data }: PartnerRequest): ZgwFile {
  if (stepId !== 'closure.file') return rejected(`ZGW has no place for the step ${stepId}`);
  const { success, data: file, error } = ZgwFile.safeParse(data);
  if (success) return file;
  const { path = [], code } = error.issues[0] ?? {};
  return rejected(`ZGW has no place for the file's ${path.join('.') || 'fields'} (${code})`);
}

/**
 * Lets calls under one key wait for each other. An activity that is given up after its time goes on in its process: the
 * next attempt would look for what that one is just making.
 */
function queue() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(key: string, act: () => Promise<T>): Promise<T> => {
    const mine = (last.get(key) ?? Promise.resolve()).then(act, act);
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}

const isRejected = (error: unknown): boolean =>
  error instanceof PartnerFailed && error.failure === 'PartnerRejected';

function rejected(message: string): never {
  throw new PartnerFailed('PartnerRejected', message);
}
