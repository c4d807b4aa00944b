/**
 * Privacy by type. What is personal is `Sealed<T>` from the API's edge on: encrypted under a key of that person
 * (JWE, compact serialisation, key id in its header), opened only where a step needs it, with the purpose logged.
 * The workflow carries it along and cannot read it.
 */
declare const content: unique symbol;

export interface Sealed<T> {
  /** JWE compact serialisation: dir + A256GCM, `kid` = the person's key. */
  readonly jwe: string;
  /** Never there at run time: it keeps `Sealed<Person>` and `Sealed<Note>` apart for the compiler. */
  readonly [content]?: T;
}
