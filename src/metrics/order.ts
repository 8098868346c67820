import { arranged, rowShares, sum, type ConfusionMatrix } from './confusion';

/** The classes that occur, as truth or as prediction. */
export function occurring(matrix: ConfusionMatrix): number[] {
  return [...matrix.keys()].filter(
    (index) => sum(matrix[index] ?? []) > 0 || matrix.some((row) => (row[index] ?? 0) > 0),
  );
}

/** The classes by how many of their samples are wrong, the worst first; those without samples last. */
export function orderByError(matrix: ConfusionMatrix): number[] {
  const errors = matrix.map((row, index) => {
    const support = sum(row);
    return support > 0 ? 1 - (row[index] ?? 0) / support : -1;
  });
  return [...matrix.keys()].sort((a, b) => (errors[b] ?? 0) - (errors[a] ?? 0) || a - b);
}

/**
 * The classes so that what is confused stands together: hierarchical clustering with average linkage of how large a
 * share of each class is taken for the other, both ways; clusters are joined by the ends that are confused most
 * (Gruvaeus and Wainer 1972).
 */
export function orderBySimilarity(matrix: ConfusionMatrix): number[] {
  const shares = rowShares(matrix);
  const similarity = shares.map((row, i) => row.map((share, j) => (share + (shares[j]?.[i] ?? 0)) / 2));
  let clusters = [...matrix.keys()].map((index) => [index]);
  // of clusters, by their place in the list
  let linkage = similarity.map((row) => [...row]);
  while (clusters.length > 1) {
    const [a, b] = mostSimilar(linkage);
    // what is confused with nothing keeps its order
    if ((linkage[a]?.[b] ?? 0) === 0) break;
    const sizes = clusters.map(({ length }) => length);
    const joined = joinEnds(clusters[a] ?? [], clusters[b] ?? [], similarity);
    const rest = [...clusters.keys()].filter((each) => each !== b);
    linkage = arranged(averaged(linkage, a, b, sizes), rest);
    clusters = rest.map((each) => (each === a ? joined : (clusters[each] ?? [])));
  }
  return clusters.flat();
}

function mostSimilar(linkage: ConfusionMatrix): [number, number] {
  let best: [number, number] = [0, 1];
  let most = -1;
  linkage.forEach((row, a) => {
    for (let b = a + 1; b < row.length; b++) {
      if ((row[b] ?? 0) > most) [most, best] = [row[b] ?? 0, [a, b]];
    }
  });
  return best;
}

/** The linkages once cluster `b` has joined cluster `a`. */
function averaged(linkage: ConfusionMatrix, a: number, b: number, sizes: readonly number[]): number[][] {
  const [ofA = 1, ofB = 1] = [sizes[a], sizes[b]];
  const mean = (other: number) =>
    (ofA * (linkage[a]?.[other] ?? 0) + ofB * (linkage[b]?.[other] ?? 0)) / (ofA + ofB);
  return linkage.map((row, i) =>
    row.map((value, j) => {
      if (i === a) return mean(j);
      return j === a ? mean(i) : value;
    }),
  );
}

/** Puts two clusters one behind the other, turned so that the ends that meet are confused most. */
function joinEnds(
  first: readonly number[],
  second: readonly number[],
  similarity: ConfusionMatrix,
): number[] {
  const turned = (cluster: readonly number[]) => [cluster, [...cluster].reverse()];
  let best: number[] = [];
  let most = -1;
  for (const left of turned(first)) {
    for (const right of turned(second)) {
      const meeting = similarity[left.at(-1) ?? 0]?.[right[0] ?? 0] ?? 0;
      if (meeting > most) [most, best] = [meeting, [...left, ...right]];
    }
  }
  return best;
}
