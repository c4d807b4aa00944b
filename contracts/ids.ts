/** Identifiers and the shapes they must have. None of them says anything about a person. */
import { z } from 'zod';
import { faults } from './faults.ts';

export const RouteId = z.uuid().describe('A UUID that says nothing');

/** CBS municipality code, such as GM0153 (Enschede). */
export const Municipality = z
  .string()
  .regex(/^GM\d{4}$/, faults.municipality.en)
  .describe('CBS municipality code');

/** An opaque id of a person at work, such as cm-17; never a name or an e-mail address. */
export const SubjectId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, faults.subjectId.en)
  .describe('Opaque id of a person at work');

/** Stable like a column name: `track.step`; one that a target group's template adds: `extra.party.step`. */
export const StepIdText = z
  .string()
  .max(64)
  .regex(/^([a-z]+|extra\.[a-z-]+)\.[a-z-]+$/, faults.stepId.en);

/** `{routeId}:{stepId}:{attempt}`: the idempotency key of a request, and the name a partner answers it by. */
export const RequestId = z
  .string()
  .max(128)
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:([a-z]+|extra\.[a-z-]+)\.[a-z-]+:\d{1,4}$/,
    faults.requestId.en,
  );

/** Where somebody is not to live: a CBS neighbourhood (buurt), or the four digits of a postcode. */
export const Area = z
  .string()
  .regex(/^(BU\d{8}|[1-9]\d{3})$/, faults.area.en)
  .describe('CBS neighbourhood code (BU01530101) or four digits of a postcode (7511)');

/** An offer's id, given by the corporation. */
export const OfferId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, faults.offerId.en);

/** An event's or command's id, given by its sender. */
export const MessageId = z.string().regex(/^[\w.:-]{1,128}$/, faults.messageId.en);

/** The moment of an event, ISO 8601, UTC. */
export const Instant = z.iso.datetime({ offset: false }).describe('ISO 8601, UTC, with Z');
