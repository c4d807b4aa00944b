/** What the API shows of the promise of a home. */
import type { HomePromiseView } from '../contracts/views.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { promiseStatus } from './home-promise.ts';
import type { RouteState } from './route-state.ts';
import { sourceOf } from './rules.ts';
import { homePromiseText } from './texts.ts';

/** The promise, with its dates and a sentence; nothing for a route that was promised nothing. */
export function homePromiseView(state: RouteState, language: Language): { homePromise?: HomePromiseView } {
  const { homePromise, agreement } = state;
  const status = promiseStatus(state);
  const sentence = homePromiseText(state, language);
  if (!homePromise || !status || !sentence) return {};
  const { since, dueAt, signals, passedAt, keptAt, rule, source } = homePromise;
  const { version, basis } = source ?? sourceOf(state.rules, rule);
  return {
    homePromise: {
      status,
      since,
      dueAt,
      signals,
      ...(passedAt && { passedAt }),
      ...(keptAt && { keptAt }),
      rule,
      version,
      basis: agreement?.homePromise?.basis ?? basis,
      sentence,
    },
  };
}
