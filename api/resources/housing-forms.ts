/** The housing forms that a region has, and up to which rent a home is suitably allocated. */
import { z } from 'zod';
import { RegionId } from '../../contracts/housing-form.ts';
import { HousingForms } from '../../contracts/housing-match.ts';
import { catalogueFor } from '../../domain/housing-catalogue.ts';
import { operation } from '../operation.ts';
import { readers } from './rule-sets.ts';

export const listHousingForms = operation({
  method: 'get',
  path: '/housing-forms',
  operationId: 'listHousingForms',
  summary: 'Shows the housing forms of a region: whom each is for, what it asks for, and at what rent',
  tag: 'rules',
  roles: readers,
  query: z.strictObject({
    region: RegionId.optional().describe(
      'Left out, or a region without a catalogue of its own: the national one',
    ),
  }),
  responses: { 200: { description: 'The catalogue, also of days to come', schema: HousingForms } },
  problems: [],
  handle({ query, deps: { housing } }) {
    return { status: 200, body: { ...catalogueFor(housing, query.region), rentCaps: housing.rentCaps } };
  },
});
