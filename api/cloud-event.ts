/** CloudEvents over HTTP: the structured and the binary mode of its HTTP protocol binding, version 1.0. */
import type { Request } from 'express';
import type { PartnerEvent } from '../contracts/partner-event.ts';
import { t, type Text } from '../contracts/text.ts';
import { parseRequestId } from '../domain/request-id.ts';
import { parseCommitmentId } from '../domain/round.ts';
import { partyOf } from '../domain/template.ts';
import type { Caller } from './access.ts';
import { ApiProblem, invalidInput } from './problems.ts';

/** What a structured event, or the data of a binary one, comes as. */
export const eventMediaTypes = ['application/cloudevents+json', 'application/json'] as const;

/**
 * The event of a request, not yet checked. In binary mode the attributes are `ce-` headers and the body is the data.
 * @throws ApiProblem malformed-request when a header is not well-formed
 */
export function readEvent(req: Request): unknown {
  const structured = req.is('application/cloudevents+json') || req.get('ce-specversion') === undefined;
  if (structured) return req.body;
  const attributes = Object.entries(req.headers).flatMap(([name, value]) =>
    name.startsWith('ce-') && typeof value === 'string' ? [[name.slice(3), decoded(value)]] : [],
  );
  return {
    ...Object.fromEntries(attributes),
    datacontenttype: 'application/json',
    data: req.body as unknown,
  };
}

/** Header values are percent-encoded (HTTP protocol binding, 3.1.3.2). */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ApiProblem(
      'malformed-request',
      t('Een ce- header is niet goed procent-gecodeerd.', 'A ce- header is not well percent-encoded.'),
    );
  }
}

/**
 * Whether this partner may send this event.
 * @throws ApiProblem not-your-source, not-your-step; invalid-input when the event contradicts itself
 */
export function checkSender(event: PartnerEvent, { party }: Caller): void {
  if (event.source.split(':').at(-1) !== party)
    throw new ApiProblem(
      'not-your-source',
      t(
        `De source van het bericht moet eindigen op systeem:${party}.`,
        `The event's source must end in systeem:${party}.`,
      ),
    );
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

/** Who was asked, and what: a step, or to commit. */
function askedOf(requestId: string): { routeId: string; party: string; what: string } | undefined {
  const step = parseRequestId(requestId);
  if (step) return { routeId: step.routeId, party: partyOf(step.stepId), what: step.stepId };
  const commitment = parseCommitmentId(requestId);
  return commitment && { ...commitment, what: `commitment.${commitment.party}` };
}

function invalid(location: string, detail: Text): ApiProblem {
  return invalidInput([{ in: 'body', location, code: 'custom', detail }]);
}
