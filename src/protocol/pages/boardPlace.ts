/** Where on the leaderboard a model meets a split. */
export interface Place {
  /** A model's id. */
  model: string;
  /** A column's id. */
  column: string;
}

/** What a place is found by. */
export const keyOf = ({ model, column }: Place): string => JSON.stringify([model, column]);
