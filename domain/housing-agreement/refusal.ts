/** What a ledger refuses. A refused command changes nothing and comes back with its kind and its particulars. */

export const agreementRefusalKinds = [
  'agreement-closed',
  'agreement-changed',
  'below-taken',
  'reservation-unknown',
  'reservation-exists',
  'reservation-ended',
  'not-reserved',
  'already-realised',
  'spread-reached',
  'queue-full',
  'term-not-valid',
  'waiting-since-not-valid',
  'behind-with-telling',
] as const;

export type AgreementRefusalKind = (typeof agreementRefusalKinds)[number];

/** What a refusal is about: codes and numbers, of which sentences are made in every language. */
export type Particulars = Readonly<Record<string, string | number>>;

/** Thrown by a transition: the ledger is as it was. */
export class AgreementRefused extends Error {
  override readonly name = 'AgreementRefused';
  readonly kind: AgreementRefusalKind;
  readonly particulars: Particulars;

  constructor(kind: AgreementRefusalKind, particulars: Particulars = {}) {
    super(kind);
    this.kind = kind;
    this.particulars = particulars;
  }
}
