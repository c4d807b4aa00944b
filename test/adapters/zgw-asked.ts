/** What a route asks of the record system at its end, and the catalogue that the tests' files refer to. */
import type { PartnerRequest } from '../../contracts/partner-request.ts';
import type { ZgwCatalogue } from '../../contracts/zgw.ts';

export const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
export const bsn = '999990019';
export const named = { name: 'A. Bee', birthDate: '1974-03-01', postcode: '7511 AB', houseNumber: '3' };
const catalogi = 'https://records.example/catalogi/api/v1';

export const catalogue: ZgwCatalogue = {
  rsin: '999991000',
  zaaktype: `${catalogi}/zaaktypen/1`,
  statustypen: {
    intake: `${catalogi}/statustypen/1`,
    housing: `${catalogi}/statustypen/2`,
    cti: `${catalogi}/statustypen/3`,
    aftercare: `${catalogi}/statustypen/4`,
    'debt-repayment': `${catalogi}/statustypen/5`,
    closed: `${catalogi}/statustypen/6`,
  },
  resultaattypen: {
    completed: `${catalogi}/resultaattypen/1`,
    'not-granted': `${catalogi}/resultaattypen/2`,
    'closed-early': `${catalogi}/resultaattypen/3`,
  },
  roltypen: { initiator: `${catalogi}/roltypen/1`, behandelaar: `${catalogi}/roltypen/2` },
  informatieobject: 'https://records.example/documenten/api/v1/enkelvoudiginformatieobjecten/1',
};

const stages = [
  { stage: 'intake', since: '2026-11-02T09:00:00.000Z' },
  { stage: 'housing', since: '2026-11-20T10:00:00.000Z' },
  { stage: 'cti', since: '2027-03-01T11:00:00.000Z' },
  { stage: 'aftercare', since: '2027-12-01T12:00:00.000Z' },
  { stage: 'debt-repayment', since: '2028-06-01T08:00:00.000Z' },
  { stage: 'closed', since: '2028-08-31T22:30:00.000Z' },
] as const;

const fileOf = (data: object, attempt = 1): PartnerRequest => ({
  requestId: `${routeId}:closure.file:${attempt}`,
  stepId: 'closure.file',
  routeId,
  municipality: 'GM0153',
  dueAt: '2028-09-15T21:59:59.000Z',
  basis: 'agreed',
  data: { identity: { bsn }, stages, ending: 'completed', caseManager: 'cm-17', ...data },
  replyTo: 'http://127.0.0.1:8080/v1/partner-events',
});

export const files = {
  completed: fileOf({}),
  again: fileOf({}, 2),
  withoutBsn: fileOf({ identity: named }),
  notGranted: fileOf({ ending: 'not-granted', stages: [stages[0], stages[5]] }),
  deceased: fileOf({ ending: 'deceased', stages: [stages[0], stages[5]] }),
  closedEarly: fileOf({ ending: 'closed-early', stages: [stages[0], stages[1], stages[5]] }),
  handedOver: fileOf({
    handedOver: [
      { concern: 'crisis', owner: 'neighbourhood-team', text: 'Crisis, overgedragen aan het wijkteam' },
    ],
  }),
  longId: fileOf({ caseManager: 'case-manager-of-the-northern-district' }),
};
