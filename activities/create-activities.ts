/** All activities, named `{party}.request`, `{party}.commit`, `{party}.release`, `{party}.erase` and so on: what operations read in the Temporal UI. */
import type { PartnerParty } from '../contracts/vocabulary.ts';
import { benefitsOffice } from './benefits-office.ts';
import { civilRegistry } from './civil-registry.ts';
import { debtService } from './debt-service.ts';
import { housingCorporation } from './housing-corporation.ts';
import type { Disclosure } from './disclosure.ts';
import { partnerActivities, typed, type PartnerActivities } from './partner.ts';
import type { Notification, Ports } from './ports.ts';
import { recordSystem } from './record-system.ts';
import { supportProvider } from './support-provider.ts';

/** Per partner, which step discloses what. */
export const disclosures: Readonly<Record<PartnerParty, Disclosure>> = {
  'debt-service': debtService,
  'benefits-office': benefitsOffice,
  'civil-registry': civilRegistry,
  'housing-corporation': housingCorporation,
  'support-provider': supportProvider,
  'record-system': recordSystem,
};

export type Activities = {
  notify: (notification: Notification) => Promise<void>;
  'personal-data.delete': (routeId: string) => Promise<void>;
} & {
  [P in PartnerParty as `${P}.request`]: PartnerActivities['request'];
} & {
  [P in PartnerParty as `${P}.commit`]: PartnerActivities['commit'];
} & {
  [P in PartnerParty as `${P}.release`]: PartnerActivities['release'];
} & {
  [P in PartnerParty as `${P}.erase`]: PartnerActivities['erase'];
};

/** The activities over a set of ports. */
export function createActivities(ports: Ports): Activities {
  const named = (Object.keys(disclosures) as PartnerParty[]).flatMap((party) => {
    const { request, commit, release, erase } = partnerActivities(party, disclosures[party], ports);
    return [
      [`${party}.request`, request],
      [`${party}.commit`, commit],
      [`${party}.release`, release],
      [`${party}.erase`, erase],
    ] as const;
  });
  const notify = (notification: Notification) => typed(() => ports.notify(notification));
  const deletePersonalData = (routeId: string) => typed(() => ports.deletePersonalData(routeId));
  return { ...Object.fromEntries(named), notify, 'personal-data.delete': deletePersonalData } as Activities;
}
