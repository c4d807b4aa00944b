/** A route's file as resources of the ZGW Zaken API. Pure. Why each is so: docs/partners.md. */
import type { PartnerRequest } from '../../contracts/partner-request.ts';
import type { Person } from '../../contracts/person.ts';
import type { ZgwCatalogue, ZgwFile, ZgwMade, ZgwResource } from '../../contracts/zgw.ts';

/** Something to be made at a zaak, unless it is there. */
export interface ZgwPart {
  readonly resource: Exclude<ZgwResource, 'zaak'>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Whether what was found is this. */
  readonly isIt: (made: ZgwMade) => boolean;
}

/**
 * One zaak for each route, whichever attempt it was made for: what an attempt left unfinished the next one finishes.
 * Forty characters at the most.
 */
export const zgwIdentification = ({ routeId }: Pick<PartnerRequest, 'routeId'>): string => `UR-${routeId}`;

/** The zaak: that there was a route, of whom is said by a rol. */
export function zgwZaak(
  request: PartnerRequest,
  { stages }: ZgwFile,
  { rsin, zaaktype }: ZgwCatalogue,
): object {
  return {
    identificatie: zgwIdentification(request),
    bronorganisatie: rsin,
    verantwoordelijkeOrganisatie: rsin,
    zaaktype,
    omschrijving: 'Uitstroomroute',
    startdatum: dayOf(stages[0]!.since),
    kenmerken: [{ kenmerk: request.routeId, bron: 'Uitstroomroutes' }],
  };
}

/**
 * What belongs to the zaak, in the order in which it is made: the last status ends the zaak, and after it nothing more
 * may be added.
 */
export function zgwParts(zaak: string, file: ZgwFile, catalogue: ZgwCatalogue): readonly ZgwPart[] {
  const { roltypen, informatieobject, resultaattypen } = catalogue;
  const statuses = file.stages.map((each) => statusOf(zaak, catalogue.statustypen, each));
  return [
    ...(file.identity
      ? [
          rol(zaak, roltypen.initiator, 'Initiator', {
            betrokkeneType: 'natuurlijk_persoon',
            betrokkeneIdentificatie: natuurlijkPersoon(file.identity),
          }),
        ]
      : []),
    rol(zaak, roltypen.behandelaar, `Trajectbegeleider ${file.caseManager}`, {
      betrokkeneType: 'medewerker',
      // ZGW has no room for a longer one; it stands in the words beside it.
      ...(file.caseManager.length <= 24 && { betrokkeneIdentificatie: { identificatie: file.caseManager } }),
    }),
    ...(informatieobject
      ? [
          {
            resource: 'informatieobject' as const,
            body: { zaak, informatieobject },
            isIt: (made: ZgwMade) => made.informatieobject === informatieobject,
          },
        ]
      : []),
    ...statuses.slice(0, -1),
    {
      resource: 'resultaat',
      body: {
        zaak,
        resultaattype: resultaattypen[file.ending] ?? resultaattypen['closed-early'],
        ...toelichting(file),
      },
      isIt: () => true, // a zaak has one
    },
    ...statuses.slice(-1),
  ];
}

/** Who looks after what is left. */
function toelichting({ handedOver = [] }: ZgwFile): { toelichting?: string } {
  if (handedOver.length === 0) return {};
  return { toelichting: handedOver.map(({ text }) => text).join('; ') };
}

function rol(zaak: string, roltype: string, roltoelichting: string, more: object): ZgwPart {
  return {
    resource: 'rol',
    body: { zaak, roltype, roltoelichting, ...more },
    isIt: (made) => made.roltype === roltype,
  };
}

function statusOf(
  zaak: string,
  types: ZgwCatalogue['statustypen'],
  { stage, since }: ZgwFile['stages'][number],
): ZgwPart {
  const statustype = types[stage];
  // Two stages may have one status type, but a zaak ends once; a record system may keep no parts of a second.
  const isThen = ({ datumStatusGezet = '' }: ZgwMade) =>
    stage === 'closed' || Math.abs(Date.parse(datumStatusGezet) - Date.parse(since)) < 1000;
  return {
    resource: 'status',
    body: { zaak, statustype, datumStatusGezet: since },
    isIt: (made) => made.statustype === statustype && isThen(made),
  };
}

/** By the BSN; or by name and birth date, since ZGW takes an address only with all of its parts. */
function natuurlijkPersoon(person: Person): object {
  return 'bsn' in person
    ? { inpBsn: person.bsn }
    : { geslachtsnaam: person.name, geboortedatum: person.birthDate };
}

/** Amsterdam's day, YYYY-MM-DD. */
const dayOf = (moment: string): string =>
  new Date(moment).toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
