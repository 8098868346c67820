import { add, addBack, Addition } from './addition';
import {
  Depthwise,
  depthwise,
  depthwiseBack,
  Frame,
  frame,
  frameBack,
  Prelu,
  prelu,
  preluBack,
} from './channelwise';
import { barrier, Control, nextWork, wake } from './control';
import { activate, activateBack, drop, dropBack, Elements, pool, poolBack, Pooling } from './layers';
import { LayerNormalization, normalizeLayer, normalizeLayerBack } from './layerNormalization';
import { backwardByLists, forwardByLists } from './lists';
import { judge, Loss } from './loss';
import {
  clearSums,
  findMean,
  findVariance,
  giveParameters,
  normalize,
  normalizeBack,
  Normalization,
  sumGradients,
  sumInputs,
  sumSquares,
  takeMoving,
} from './normalization';
import { addUp, Parameter, reduce, shrink } from './optimizer';
import { backward, forward, learn, pack, Product } from './product';

/**
 * A program is a list of words: BARRIER; GROUP with a chunk's samples, how many operations there are and for each its
 * kind and what it works on; ALONE with one operation that is not done chunk by chunk; END.
 */
const END: u32 = 0;
const BARRIER: u32 = 1;
const GROUP: u32 = 2;
const ALONE: u32 = 3;

/** A thread's part of a piece of work: its program for its share of the samples. */
function work(control: Control, thread: u32): void {
  let at = <usize>load<u32>(control.programs + ((<usize>thread) << 2));
  const begin = (control.size * thread) / control.threads;
  const end = (control.size * (thread + 1)) / control.threads;
  for (;;) {
    const kind = load<u32>(at);
    if (kind == END) break;
    if (kind == BARRIER) {
      barrier(control);
      at += 4;
    } else if (kind == ALONE) {
      alone(control, load<u32>(at, 4), load<u32>(at, 8), thread);
      at += 12;
    } else if (kind == GROUP) {
      const chunk = load<u32>(at, 4);
      const count = load<u32>(at, 8);
      for (let first = begin; first < end; first += chunk) {
        const samples = min(chunk, end - first);
        for (let i: u32 = 0; i < count; i++) {
          const operation = at + 12 + ((<usize>i) << 3);
          perform(control, load<u32>(operation), load<u32>(operation, 4), first, samples, thread);
        }
      }
      at += 12 + ((<usize>count) << 3);
    } else unreachable();
  }
  barrier(control);
}

/** Does an operation on a chunk of samples. The numbers are those of `layouts.ts`. */
function perform(control: Control, kind: u32, op: usize, first: u32, count: u32, thread: u32): void {
  switch (kind) {
    case 0:
      return forward(changetype<Product>(op), first, count);
    case 1:
      return backward(changetype<Product>(op), first, count);
    case 2:
      return activate(changetype<Elements>(op), first, count);
    case 3:
      return activateBack(changetype<Elements>(op), first, count);
    case 4:
      return drop(control, changetype<Elements>(op), first, count);
    case 5:
      return dropBack(control, changetype<Elements>(op), first, count);
    case 6:
      return pool(changetype<Pooling>(op), first, count);
    case 7:
      return poolBack(changetype<Pooling>(op), first, count);
    case 8:
      return judge(control, changetype<Loss>(op), first, count);
    case 9:
      return sumInputs(changetype<Normalization>(op), first, count, thread);
    case 10:
      return sumSquares(changetype<Normalization>(op), first, count, thread);
    case 11:
      return normalize(changetype<Normalization>(op), first, count);
    case 12:
      return sumGradients(changetype<Normalization>(op), first, count, thread);
    case 13:
      return normalizeBack(control, changetype<Normalization>(op), first, count);
    case 14:
      return depthwise(changetype<Depthwise>(op), first, count);
    case 15:
      return depthwiseBack(changetype<Depthwise>(op), first, count);
    case 16:
      return prelu(changetype<Prelu>(op), first, count);
    case 17:
      return preluBack(changetype<Prelu>(op), first, count);
    case 18:
      return frame(changetype<Frame>(op), first, count);
    case 19:
      return frameBack(changetype<Frame>(op), first, count);
    case 20:
      return normalizeLayer(changetype<LayerNormalization>(op), first, count);
    case 21:
      return normalizeLayerBack(changetype<LayerNormalization>(op), first, count);
    case 22:
      return add(changetype<Addition>(op), first, count);
    case 23:
      return addBack(changetype<Addition>(op), first, count);
    case 24:
      return forwardByLists(changetype<Product>(op), first, count);
    case 25:
      return backwardByLists(changetype<Product>(op), first, count);
    default:
      unreachable();
  }
}

/** Does an operation once on each thread. The numbers are those of `layouts.ts`. */
function alone(control: Control, kind: u32, op: usize, thread: u32): void {
  switch (kind) {
    case 0:
      return shrink(control, changetype<Parameter>(op), thread);
    case 1:
      return pack(control, changetype<Product>(op), thread);
    case 2:
      return learn(control, changetype<Product>(op), thread);
    case 3:
      return reduce(control, changetype<Parameter>(op), thread);
    case 4:
      return clearSums(changetype<Normalization>(op), thread);
    case 5:
      return findMean(control, changetype<Normalization>(op));
    case 6:
      return findVariance(control, changetype<Normalization>(op), thread);
    case 7:
      return takeMoving(changetype<Normalization>(op));
    case 8:
      return giveParameters(control, changetype<Normalization>(op), thread);
    case 9: {
      // [first byte, bytes] of what begins a step at zero
      memory.fill(<usize>load<u32>(op), 0, <usize>load<u32>(op, 4));
      return;
    }
    case 10:
      return addUp(control, changetype<Parameter>(op), thread);
    default:
      unreachable();
  }
}

/** Does a piece of work with all threads; the caller is the first of them. */
export function run(control: usize): void {
  wake(changetype<Control>(control));
  work(changetype<Control>(control), 0);
}

/** Works whenever there is work, until it is told to stop. */
export function serve(control: usize, thread: u32): void {
  const shared = changetype<Control>(control);
  for (let seen = 0; nextWork(shared, seen); seen++) work(shared, thread);
}
