/** Where somebody moved, and which of the moves nobody asked the person about. */

export interface Move {
  /** YYYY-MM-DD */
  readonly day: string;
  /** The housing form that the person moved to. */
  readonly housingForm: string;
  /** It was not the person who wanted to move: the end of a stay, a ladder's next step, an unsafe home. */
  readonly forced?: boolean;
}

/** How many moves were forced: counted, so that they are kept low (van Klaveren, Housing First). */
export function forcedMoves(moves: readonly Move[]): number {
  return moves.filter(({ forced }) => forced === true).length;
}
