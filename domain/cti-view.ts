/** What the API shows of Critical Time Intervention: codes, counts and dates, of nobody who they are. */
import type { CtiView, SupporterView } from '../contracts/cti-views.ts';
import type { NormId } from '../contracts/rule-set.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { contactCounts, countedFrom, latestContacts } from './contacts.ts';
import { clockOf, ctiPhaseOf, phaseOf } from './cti.ts';
import { supporterText } from './cti-texts.ts';
import type { RouteState } from './route-state.ts';
import { normOf } from './rules.ts';
import { isLanding, supportersOf } from './supporters.ts';
import { endOfTerm } from './terms.ts';

/** Phase, focus areas, network and contacts. */
export function ctiView(state: RouteState, language: Language): CtiView {
  const phase = ctiPhaseOf(state);
  const next = nextContact(state);
  return {
    ...(phase && { phase }),
    focusAreas: [...(state.cti?.focusAreas ?? [])],
    supporters: supportersView(state, language),
    contacts: {
      ...contactCounts(state),
      latest: latestContacts(state).map((each) => ({ ...each, with: [...each.with] })),
      ...(next && { next }),
    },
  };
}

/** The supporters that are kept, in the order of their invitations. */
export function supportersView(state: RouteState, language: Language): SupporterView[] {
  return supportersOf(state).map((supporter) => {
    const { supporterId, relation, support, status, since, replaces, part } = supporter;
    return {
      supporterId,
      relation,
      support: [...support],
      status,
      since,
      consent: status === 'accepted',
      landing: isLanding(supporter),
      ...(part?.clock === clockOf(state) && { takesPart: part.takes }),
      ...(replaces && { replaces }),
      sentence: supporterText(relation, status, language),
    };
  });
}

function nextContact(state: RouteState): CtiView['contacts']['next'] {
  const counted = state.ending ? undefined : countedFrom(state);
  const norm = counted && normOf(state.rules, `cti.contact.${phaseOf(counted.period)}` satisfies NormId);
  if (!norm) return undefined;
  const length = { limit: String(norm.value), kind: 'sector' as const };
  return { dueAt: endOfTerm(counted.from, length, state.rules.calendar), norm };
}
