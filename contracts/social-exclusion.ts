/** Social exclusion, as the person answers what they are asked about it: at the intake, and again after the move. */
import { z } from 'zod';

/** How far somebody is shut out. The levels are our own [assumed]. */
export const ExclusionLevel = z.enum(['none', 'some', 'severe']);
export type ExclusionLevel = z.infer<typeof ExclusionLevel>;

/** The four sides that the Netherlands Institute for Social Research tells apart (SCP, Sociale uitsluiting) [sector]. */
const sides = {
  participation: ExclusionLevel.describe('Contacts, belonging somewhere, taking part'),
  integration: ExclusionLevel.describe('Living by what is expected of everybody, and being met likewise'),
  material: ExclusionLevel.describe('Going without what one needs, for want of money'),
  access: ExclusionLevel.describe('A home, care, an authority or a bank: what everybody has a right to'),
};

/** `PUT …/social-exclusion`. */
export const SocialExclusionBody = z.strictObject(sides).meta({
  id: 'SocialExclusion',
  example: { participation: 'severe', integration: 'none', material: 'some', access: 'some' },
});
export type SocialExclusionBody = z.infer<typeof SocialExclusionBody>;

export const SocialExclusionView = z
  .array(z.object({ askedOn: z.iso.date(), ...sides }))
  .max(2)
  .describe('As it was answered first, and last; empty: nobody asked yet');
export type SocialExclusionView = z.infer<typeof SocialExclusionView>;
