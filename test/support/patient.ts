/** A caller as the API asks callers to be: told to come back, it calls again under the same key. */
import { randomUUID } from 'node:crypto';
import type { Caller } from './api-caller.ts';
import { persist } from './persist.ts';

/** On a machine that has more to do a route may not answer in time; what a test expects is what comes then. */
export function patient(caller: Caller): Caller {
  return {
    get: async (...call) => (await persist(() => caller.get(...call))).answer,
    put: async (...call) => (await persist(() => caller.put(...call))).answer,
    patch: async (...call) => (await persist(() => caller.patch(...call))).answer,
    delete: async (...call) => (await persist(() => caller.delete(...call))).answer,
    post: async (path, body, headers) => {
      const keyed = { 'idempotency-key': randomUUID(), ...lowerCase(headers) };
      return (await persist(() => caller.post(path, body, keyed))).answer;
    },
  };
}

const lowerCase = (headers: Record<string, string> = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
