import type { BoardColumn, BoardFigure, BoardModel, Reads } from '../../src/protocol/pages/leaderboard';

/** The figure of a model on a column, where it is known. */
export type FigureAt = (model: BoardModel, column: BoardColumn) => BoardFigure | undefined;

/** How far a figure is from the worst that there can be: the more the better, whatever it is a share of. */
function goodness(reads: Reads, { value }: BoardFigure): number {
  return reads === 'lines' ? -value : value;
}

/**
 * The best model of each kind on a column: what reads characters and what reads lines is not compared. Of equals all are
 * best; where only one has a figure there is no best.
 */
export function bestOf(models: readonly BoardModel[], column: BoardColumn, figureAt: FigureAt): Set<string> {
  const best = new Set<string>();
  for (const reads of ['characters', 'lines'] as const) {
    const rated = models.flatMap((model) => {
      const figure = model.reads === reads ? figureAt(model, column) : undefined;
      return figure ? [{ id: model.id, good: goodness(reads, figure) }] : [];
    });
    const most = Math.max(...rated.map(({ good }) => good));
    if (rated.length > 1) for (const { id, good } of rated) if (good === most) best.add(id);
  }
  return best;
}

/** The models, those that are best on a column first, those without a figure there last; else in the order that they have. */
export function ranked(
  models: readonly BoardModel[],
  column: BoardColumn | undefined,
  figureAt: FigureAt,
): BoardModel[] {
  if (!column) return [...models];
  const good = (model: BoardModel) => {
    const figure = figureAt(model, column);
    return figure ? goodness(model.reads, figure) : -Infinity;
  };
  // rates of errors, which are below 0 here, stand behind shares of right answers
  return [...models].sort((a, b) => good(b) - good(a) || 0);
}
