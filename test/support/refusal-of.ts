import { Refused } from '../../domain/refusal.ts';

/** The kind of the refusal that something comes to; 'not refused' where it is carried out. */
export function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.kind;
    throw error;
  }
  return 'not refused';
}
