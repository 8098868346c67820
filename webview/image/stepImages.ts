import type { Steps } from '../../src/protocol/engine/image';
import { bytesOf } from '../base/pictureDrop';

export const STEPS = ['color', 'gray', 'pen', 'threshold'] as const satisfies (keyof Steps)[];
export type Step = (typeof STEPS)[number];

export const STEP_LABELS: Record<Step, string> = {
  color: 'Picture',
  gray: 'Gray',
  pen: 'Without paper',
  threshold: 'Threshold',
};

export type StepImages = Readonly<Record<Step, ImageBitmap>>;

/** Unpacks the pictures of the steps. */
export async function decodeSteps(steps: Steps): Promise<StepImages> {
  const images = await Promise.all(STEPS.map((step) => createImageBitmap(new Blob([bytesOf(steps[step])]))));
  return Object.fromEntries(STEPS.map((step, at) => [step, images[at]])) as unknown as StepImages;
}
