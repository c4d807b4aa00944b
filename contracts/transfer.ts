/** A route that goes to another municipality: what is sent, and what is shown to both of them. */
import { z } from 'zod';
import transferPage from './examples/transfer-page.json' with { type: 'json' };
import { FreeText } from './free-text.ts';
import { Instant, Municipality, RouteId, SubjectId } from './ids.ts';
import { TermSource } from './term-source.ts';
import { DeclineReason, Party, Stage, TargetGroup, Track } from './vocabulary.ts';

/** `POST …/transfer`: by the municipality that has the route. */
export const TransferBody = z
  .strictObject({
    municipality: Municipality.describe('That is to take the route over'),
    from: z.iso.date().describe('The day from which it is theirs, once they accept; not before that day'),
    personAgrees: z
      .literal(true)
      .describe('The person wants to go there, and that it is told to that municipality'),
    reason: FreeText,
  })
  .meta({
    id: 'OfferTransfer',
    example: {
      municipality: 'GM0363',
      from: '2027-03-01',
      personAgrees: true,
      reason: 'Gaat bij haar zus wonen',
    },
  });
export type TransferBody = z.infer<typeof TransferBody>;

/** `POST …/transfer/accept`: by the municipality that it is offered to. */
export const AcceptTransferBody = z
  .strictObject({
    caseManager: SubjectId.describe('Who owns the route from now on'),
    note: FreeText.optional(),
  })
  .meta({ id: 'AcceptTransfer', example: { caseManager: 'cm-301' } });
export type AcceptTransferBody = z.infer<typeof AcceptTransferBody>;

/** `POST …/transfer/decline`: by the municipality that it is offered to. */
export const DeclineTransferBody = z
  .strictObject({ reason: DeclineReason, note: FreeText.optional() })
  .meta({ id: 'DeclineTransfer', example: { reason: 'no-capacity', note: 'Vanaf mei is er weer ruimte' } });
export type DeclineTransferBody = z.infer<typeof DeclineTransferBody>;

/** The latest transfer of a route. */
export const TransferView = z
  .object({
    status: z
      .enum(['offered', 'accepted', 'declined', 'withdrawn'])
      .describe('`offered`: the sender still owns the route; `withdrawn`: the sender took it back'),
    sender: Municipality,
    receiver: Municipality,
    from: z.iso.date(),
    since: Instant.describe('When it was offered'),
    dueAt: Instant.optional().describe('By when the receiver is to answer'),
    overdue: z.boolean(),
    term: TermSource.optional(),
    endedAt: Instant.optional().describe('When it was accepted, declined or withdrawn'),
    reason: DeclineReason.optional(),
    sentence: z.string(),
  })
  .meta({ id: 'Transfer' });
export type TransferView = z.infer<typeof TransferView>;

/** What a municipality needs to know of a route that it may take over. Nothing personal. */
export const OfferedRoute = z
  .object({
    stage: Stage,
    targetGroup: TargetGroup,
    startedAt: Instant,
    onHold: z.boolean(),
    tracks: z.array(z.object({ track: Track, status: z.string() })),
    underWay: z
      .array(z.object({ stepId: z.string(), title: z.string(), party: Party, since: Instant }))
      .describe('Each stays with the party that was asked'),
    onAcceptance: z.object({
      agreement: z.enum(['stays', 'replaced']).describe('`stays`: sender and receiver lie in one region'),
      place: z.enum(['none', 'stays', 'given-back']),
      homePromise: z
        .enum(['none', 'goes-on', 'lapses'])
        .describe("`lapses`: the receiver's region promises no home"),
    }),
  })
  .meta({ id: 'OfferedRoute' });
export type OfferedRoute = z.infer<typeof OfferedRoute>;

/** `GET …/transfer`. */
export const TransferPage = z
  .object({
    routeId: RouteId,
    transfer: TransferView,
    route: OfferedRoute.optional().describe('While it is offered'),
  })
  .meta({ id: 'TransferPage', example: transferPage });
export type TransferPage = z.infer<typeof TransferPage>;
