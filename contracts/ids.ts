/** Identifiers and the shapes they must have. None of them says anything about a person. */
import { z } from 'zod';

export const RouteId = z.uuid().describe('A UUID that says nothing');

/** CBS municipality code, such as GM0153 (Enschede). */
export const Municipality = z
  .string()
  .regex(/^GM\d{4}$/, 'must be a CBS municipality code, such as GM0153')
  .describe('CBS municipality code');

/** An opaque id of a person at work, such as cm-17; never a name or an e-mail address. */
export const SubjectId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'must be an opaque id of lower-case letters, digits and hyphens, such as cm-17',
  )
  .describe('Opaque id of a person at work');

/** Stable like a column name: `track.step`. */
export const StepIdText = z
  .string()
  .max(64)
  .regex(/^[a-z]+\.[a-z-]+$/, 'must be a step id, such as debt.first-talk');

/** `{routeId}:{stepId}:{attempt}`: the idempotency key of a request, and the name a partner answers it by. */
export const RequestId = z
  .string()
  .max(128)
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}:[a-z]+\.[a-z-]+:\d{1,4}$/,
    'must be {routeId}:{stepId}:{attempt}',
  );

/** An offer's id, given by the corporation. */
export const OfferId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/, 'must be letters, digits and hyphens, 64 at the most');

/** An event's or command's id, given by its sender. */
export const MessageId = z
  .string()
  .regex(/^[\w.:-]{1,128}$/, 'must be letters, digits and . _ : -, 128 characters at the most');

/** The moment of an event, ISO 8601, UTC. */
export const Instant = z.iso.datetime({ offset: false }).describe('ISO 8601, UTC, with Z');
