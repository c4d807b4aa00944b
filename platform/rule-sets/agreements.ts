/** Reads the cooperation agreements of the regions, and checks what they say against steps and rules. */
import { join } from 'node:path';
import { CooperationAgreement } from '../../contracts/cooperation-agreement.ts';
import { ProcessFact } from '../../contracts/vocabulary.ts';
import { carried, yieldersOf } from '../../domain/agreement.ts';
import type { RuleBook } from '../../domain/rules.ts';
import { isProcessStepId, steps } from '../../domain/steps.ts';
import { partyOf } from '../../domain/template.ts';
import { checkName, fault, jsonFilesIn, overlap, readChecked } from './read.ts';

const under = 'cooperation-agreements';

/**
 * Every cooperation agreement in `rules/cooperation-agreements/`.
 * @param sets - every rule set, by id: a promise is about one of their rules
 * @throws SettingsError: one line that names file and fault
 */
export async function readAgreements(
  folder: string,
  sets: RuleBook['sets'],
): Promise<CooperationAgreement[]> {
  const agreements: CooperationAgreement[] = [];
  for (const name of await jsonFilesIn(join(folder, under))) {
    const { file, data: agreement } = await readChecked(CooperationAgreement, folder, join(under, name));
    checkName(file, agreement);
    const wrong = faultOf(agreement) ?? faultOfPromise(agreement, sets) ?? clash(agreement, agreements);
    if (wrong) throw fault(file, wrong);
    agreements.push(agreement);
  }
  return agreements;
}

function faultOf(agreement: CooperationAgreement): string | undefined {
  const { facts, parties, from, until } = agreement;
  if (until !== undefined && until < from) return `it ends on ${until}, before it begins on ${from}`;
  const unknown = facts.flatMap(({ yieldedBy }) => yieldedBy).find((step) => !isProcessStepId(step));
  if (unknown) return `there is no step ${unknown}`;
  const twice = facts.find(({ fact }, i) => facts.findIndex((each) => each.fact === fact) < i);
  if (twice) return `${twice.fact} stands among its facts twice`;
  const isKnown = (fact: string) =>
    ProcessFact.safeParse(fact).success || facts.some((each) => each.fact === fact);
  const wanted = parties.flatMap(({ expects }) => expects).flatMap((each) => each.facts);
  const nobodys = wanted.find((fact) => !isKnown(fact));
  if (nobodys) return `${nobodys} is no fact: neither of the process, nor among its own`;
  const route = { agreement: carried(agreement) };
  for (const { party, expects, promises } of parties) {
    for (const { step } of expects)
      if (!isProcessStepId(step) || steps[step].party !== party) return `${step} is no step of ${party}`;
    for (const { fact } of promises) {
      // No keys are handed over on a promise of it (`always` in the catalogue of steps).
      if (fact === 'support') return `${party} can't promise support: it has to be there`;
      if (!yieldersOf(route, fact).some((step) => partyOf(step) === party))
        return `${party} can't promise ${fact}: no step of it yields that`;
    }
  }
  return undefined;
}

/** A promise without its rule would never be counted, and one that is signalled without a pause would never be done. */
function faultOfPromise(agreement: CooperationAgreement, sets: RuleBook['sets']): string | undefined {
  const { homePromise, overlays } = agreement;
  if (!homePromise) return undefined;
  const { rule, signalEvery } = homePromise;
  const national = sets.get(overlays);
  const isKnown =
    national?.layer === 'national' &&
    national.rules.some((each) => each.id === rule && overlap(each, agreement));
  if (!isKnown) return `homePromise: ${overlays} has no rule ${rule} while it holds`;
  if (typeof signalEvery === 'string' && !/[1-9]/.test(signalEvery))
    return `homePromise: signals every ${signalEvery} never end`;
  return undefined;
}

/** On each day at most one agreement holds in a region. */
function clash(one: CooperationAgreement, others: readonly CooperationAgreement[]): string | undefined {
  const same = others.find(
    (other) => other.region === one.region && other.overlays === one.overlays && overlap(other, one),
  );
  return same && `${same.id} holds in the same region at the same time`;
}
