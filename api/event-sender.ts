/** Whether an event is this caller's to tell: of a system that speaks for its party, about a step that is its own. */
import type { PartnerEvent } from '../contracts/partner-event.ts';
import { t, type Text } from '../contracts/text.ts';
import { localDay } from '../domain/calendar.ts';
import { formsOn } from '../domain/housing-catalogue.ts';
import { parseRequestId } from '../domain/request-id.ts';
import { parseCommitmentId } from '../domain/round.ts';
import { partyOf } from '../domain/template.ts';
import type { Organisation, PartnerBook } from '../platform/partner-registry.ts';
import type { Caller } from './access.ts';
import type { OperationDeps } from './deps.ts';
import { ApiProblem, invalidInput } from './problems.ts';

/**
 * The organisation whose system a source is. It must speak for the party of the token, and be the one that the token names
 * where it names one: a party may be many organisations, each of which tells its own news alone.
 * @throws ApiProblem not-your-source
 */
export function organisationOf(source: string, caller: Caller, partners: PartnerBook): Organisation {
  const known = organisationsOf(caller, partners);
  const found = known.find(({ sources }) => sources.includes(source));
  if (found) return found;
  const sources = known.flatMap((each) => each.sources).slice(0, 10);
  throw new ApiProblem(
    'not-your-source',
    t(
      `De source van het bericht is geen systeem dat hier voor ${caller.party} bekend is en bij het token hoort: ${sources.join(', ') || 'er is er geen'}.`,
      `The event's source is no system that is known here for ${caller.party} and belongs to the token: ${sources.join(', ') || 'there is none'}.`,
    ),
  );
}

/**
 * The organisation of a caller whose messages name no source.
 * @throws ApiProblem not-your-source when several speak for the party and the token does not say which
 */
export function onlyOrganisationOf(caller: Caller, partners: PartnerBook): Organisation {
  const [only, ...others] = organisationsOf(caller, partners);
  if (only && others.length === 0) return only;
  throw new ApiProblem(
    'not-your-source',
    only
      ? t(
          `Voor ${caller.party} spreken meer organisaties: het token moet zeggen welke (claim oin).`,
          `Several organisations speak for ${caller.party}: the token must say which (claim oin).`,
        )
      : t(
          `Het token is van geen organisatie die hier voor ${caller.party} bekend is.`,
          `The token is of no organisation that is known here for ${caller.party}.`,
        ),
  );
}

function organisationsOf({ party, oin }: Caller, partners: PartnerBook): readonly Organisation[] {
  const all = (party && partners[party]) ?? [];
  return oin === undefined ? all : all.filter((each) => each.oin === oin);
}

/**
 * Whether this partner may tell this, whoever of it does.
 * @throws ApiProblem not-your-step; invalid-input when the event contradicts itself
 */
export function checkStep(event: PartnerEvent, { party }: Caller): void {
  const aboutOffers = event.type.includes('.offer-');
  if (aboutOffers && party !== 'housing-corporation')
    throw new ApiProblem(
      'not-your-step',
      t('Alleen een woningcorporatie biedt woningen aan.', 'Only a housing corporation offers homes.'),
    );
  if (!('requestId' in event.data)) return;
  const asked = askedOf(event.data.requestId);
  if (!asked)
    throw invalid(
      '/data/requestId',
      t('noemt geen stap die hier bekend is', 'names no step that is known here'),
    );
  if (asked.routeId !== event.subject)
    throw invalid(
      '/subject',
      t('moet de route zijn die data.requestId noemt', 'must be the route that data.requestId names'),
    );
  if (asked.party !== party)
    throw new ApiProblem(
      'not-your-step',
      t(`${asked.what} is van een andere partij.`, `${asked.what} is of another party.`),
    );
}

/**
 * Whether the home that is offered is of a form that some catalogue has, today.
 * @param place - where in the message it stands
 * @throws ApiProblem invalid-input
 */
export function checkForm(
  event: PartnerEvent,
  { housing, ruleBook, now }: Pick<OperationDeps, 'housing' | 'ruleBook' | 'now'>,
  place: () => string = () => '/data/housingForm',
): void {
  if (event.type !== 'nl.uitstroomroutes.offer-made.v1') return;
  const day = localDay(now(), ruleBook.calendar);
  const all = [housing.national, ...housing.regional.values()];
  const known = [...new Set(all.flatMap((each) => formsOn(each, day).map(({ id }) => id)))].sort();
  if (known.includes(event.data.housingForm)) return;
  const list = known.join(', ');
  const detail = t(`moet een woonvorm zijn: ${list}`, `must be a housing form: ${list}`);
  throw invalidInput([{ in: 'body', location: place(), code: 'unknown-housing-form', detail }]);
}

/** Who was asked, and what: a step, or to commit. */
function askedOf(requestId: string): { routeId: string; party: string; what: string } | undefined {
  const step = parseRequestId(requestId);
  if (step) return { routeId: step.routeId, party: partyOf(step.stepId), what: step.stepId };
  const commitment = parseCommitmentId(requestId);
  return commitment && { ...commitment, what: `commitment.${commitment.party}` };
}

function invalid(location: string, detail: Text): ApiProblem {
  return invalidInput([{ in: 'body', location, code: 'not-valid', detail }]);
}
