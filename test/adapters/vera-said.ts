/** What a corporation says in VERA about one route, from urgency to keys. */
export const routeId = '4f1c2a10-7a35-4f57-9a55-4a7d3b3f1a22';
export const source = 'urn:nld:oin:00000001003214345000:systeem:housing-corporation';

export const urgency = {
  entity: 'voorrangsregeling',
  body: {
    id: 'V-9',
    idExtern: `${routeId}:housing.urgency:1`,
    soort: { code: 'URG', naam: 'Urgentie' },
    begindatum: '2026-11-20T00:00:00Z',
  },
} as const;

export const offer = {
  entity: 'aanbieding',
  body: {
    id: 'A-4711',
    idExtern: `${routeId}:housing.offer:2`,
    status: { code: 'AAN', naam: 'Aangeboden' },
    datum: '2026-11-24T09:00:00Z',
    eenheid: 'https://vastgoed.example/v4/eenheden/12',
    'extra-attributen': [
      { naam: 'woonvorm', waarde: 'own-home' },
      { naam: 'buurt', waarde: 'Roombeek' },
      { naam: 'rekenhuur', waarde: '612.40' },
    ],
  },
} as const;

export const contract = {
  entity: 'toewijzing',
  body: {
    id: 'T-31',
    idExtern: `${routeId}:housing.contract:1`,
    code: routeId,
    datum: '2026-12-01T09:00:00Z',
    overeenkomst: 'https://overeenkomsten.example/v4/overeenkomsten/77',
  },
} as const;

/** The same Toewijzing, later: its reference says that it is the request for the keys that is answered. */
export const keys = {
  entity: 'toewijzing',
  reference: `${routeId}:housing.key-handover:1`,
  body: {
    ...contract.body,
    'extra-attributen': [{ naam: 'sleuteloverdracht', waarde: '2026-12-15' }],
  },
} as const;
