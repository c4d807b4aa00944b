/** Parts that the operations of housing agreements share: who may see which, and giving one a command. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Region, Year } from '../../contracts/housing-agreement.ts';
import { t } from '../../contracts/text.ts';
import type { Role } from '../../contracts/vocabulary.ts';
import type { AgreementCommand } from '../../domain/housing-agreement/commands.ts';
import { shortFingerprint } from '../../domain/commands.ts';
import { isKnownRegion, regionOf, type RuleBook } from '../../domain/rules.ts';
import type { Caller } from '../access.ts';
import type { Done } from '../gateway/agreements.ts';
import { fingerprintOf } from '../idempotency.ts';
import { viaServer, type Call } from '../operation.ts';
import { ApiProblem, unknownAgreement } from '../problems.ts';

/** Who makes the agreement. */
export const agreementMakers: readonly Role[] = ['policy', 'process-director'];
/** Who reads it, and figures on what became of it. */
export const agreementReaders: readonly Role[] = ['case-manager', 'process-director', 'operations', 'policy'];
/** Who reads which routes hold a place or wait for one. */
export const placeReaders: readonly Role[] = ['case-manager', 'process-director', 'operations'];
/** Who reserves for a route. */
export const reservers: readonly Role[] = ['case-manager', 'process-director'];

export const OneAgreement = z.object({ region: Region, year: Year });
export const OneReservation = OneAgreement.extend({ reservationId: z.uuid() });

/** What a call that reads an agreement may meet. */
export const readsAgreement = [...viaServer, 'unknown-agreement', 'worker-away'] as const;
/** What a command about a reservation may meet besides what its ledger refuses. */
export const commandsAgreement = [
  ...readsAgreement,
  'unknown-reservation',
  'idempotency-key-reused',
] as const;

type Which = z.output<typeof OneAgreement>;

/**
 * Which agreement a path names.
 * @throws ApiProblem unknown-agreement, also when the caller works in another region
 */
export function reachable(caller: Caller, { region, year }: Which, ruleBook: RuleBook) {
  const { municipality } = caller;
  // Without a rule set nobody knows which municipalities lie in a region, and so who works there.
  if (!isKnownRegion(ruleBook, region)) throw unknownAgreement();
  if (municipality !== undefined && regionOf(ruleBook, municipality) !== region) throw unknownAgreement();
  return { region, year: Number(year) };
}

type AnyCall = Call<Which, unknown, { 'Idempotency-Key'?: string | undefined }, unknown>;

/**
 * Gives a ledger a command, and gives back what came of it.
 * @param make - makes the command; called when the ledger has time for it
 * @throws ApiProblem unknown-agreement, idempotency-key-reused, what the ledger refuses, worker-away, temporal-away
 */
export async function giveLedger(
  { caller, params, headers, body, language, deps }: AnyCall,
  kind: AgreementCommand['kind'],
  make: (commandId: string) => Promise<AgreementCommand> | AgreementCommand,
): Promise<Done> {
  const { region, year } = reachable(caller, params, deps.ruleBook);
  const { subject, municipality } = caller;
  const fingerprint = fingerprintOf({ kind, params, body }, deps.fingerprintKey);
  const id = `${subject}:${headers['Idempotency-Key'] ?? randomUUID()}`;
  const done = await deps.gateway.agreements.command(region, year, async () => ({
    id,
    fingerprint,
    language,
    actor: { subject, ...(municipality && { municipality }) },
    command: await make(id),
  }));
  if (done.fingerprint !== shortFingerprint(fingerprint))
    throw new ApiProblem(
      'idempotency-key-reused',
      t(
        'Onder deze Idempotency-Key is een andere opdracht gegeven.',
        'Another command was given under this Idempotency-Key.',
      ),
    );
  return done;
}
