/**
 * Where a list has come to. The store sorts open routes by when their run began, so that a route whose run begins anew between
 * two pages moves to the front, behind who reads on. So the place also says when the newest run of the first page began: the
 * last page goes on with what began after that.
 */
import { z } from 'zod';

const Place = z.strictObject({
  /** The store's own token for the next page, as base64; left out: from the beginning. */
  token: z.base64().optional(),
  /** When the newest run that was open at the first page began; left out: none was. */
  since: z.iso.datetime().optional(),
  /** Whether these are the runs that began after that. */
  late: z.literal(true).optional(),
});
export type Place = z.infer<typeof Place>;

/** The place as a text of letters, digits, - and _. */
export const written = (place: Place): string => Buffer.from(JSON.stringify(place)).toString('base64url');

/** The place that a text says, which must have been written here. */
export const read = (text: string | undefined): Place =>
  text === undefined ? {} : Place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
