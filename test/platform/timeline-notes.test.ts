/** Why somebody repaired something is sealed; the timeline opens it for who decides about the route, and nobody else. */
import { describe, expect, it } from 'vitest';
import type { OperationDeps } from '../../api/deps.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import { getTimeline } from '../../api/resources/route-views.ts';
import { changed } from '../../domain/route-state.ts';
import type { KeyStore } from '../../platform/key-store.ts';
import { createSealer } from '../../platform/sealer.ts';
import { aRoute, now, routeId } from '../support/a-route.ts';

const why = 'Telefonisch bevestigd door mevrouw De Vries';
const keys = new Map<string, Uint8Array>();
const store: KeyStore = {
  ensure: async (id) => keys.get(id) ?? keys.set(id, new Uint8Array(32)).get(id)!,
  find: async (id) => keys.get(id),
  wasDestroyed: async () => false,
  destroy: async (id) => void keys.delete(id),
};
const sealer = createSealer(store);

async function timelineFor(role: Role, state: object): Promise<Record<string, unknown>[]> {
  const deps = {
    gateway: { stateOf: async () => state, municipalityOf: async () => 'GM0153' },
    sealer,
  } as unknown as OperationDeps;
  const caller = { issuer: 'idp', subject: `${role}-1`, role, municipality: 'GM0153' };
  const call = { caller, params: { routeId }, query: {}, headers: {}, body: undefined, language: 'nl', deps };
  const { body } = await getTimeline.handle(call as never);
  return (body as { items: Record<string, unknown>[] }).items;
}

describe('why a step was completed by hand', async () => {
  const note = await sealer.seal(routeId, why);
  const entry = { what: 'completed-by-hand', by: 'cm-17', stepId: 'debt.plan', attempt: 1, note } as const;
  const state = changed(aRoute(), now, entry, {});

  it.each(['case-manager', 'process-director'] as const)('is read by a %s', async (role) => {
    expect((await timelineFor(role, state)).at(-1)).toMatchObject({ what: 'completed-by-hand', note: why });
  });

  it('is not read by operations', async () => {
    const items = await timelineFor('operations', state);
    expect(items.at(-1)).toMatchObject({ what: 'completed-by-hand', by: 'cm-17' });
    expect(items.at(-1)).not.toHaveProperty('note');
    expect(getTimeline.roles).not.toContain('partner');
  });

  it('is shown as it stands where operations wrote it in the Temporal UI', async () => {
    const written = changed(aRoute(), now, { ...entry, note: { jwe: 'INC-4711' } }, {});
    expect((await timelineFor('case-manager', written)).at(-1)).toMatchObject({ note: 'INC-4711' });
  });

  it('is gone with the key of the person, and the rest is still told', async () => {
    keys.clear();
    const items = await timelineFor('case-manager', state);
    expect(items.map(({ what }) => what)).toEqual(['route-started', 'completed-by-hand']);
    expect(items.at(-1)).not.toHaveProperty('note');
  });
});
