import { BACKEND_CHOICES, type BackendChoice } from '../../base/backendChoice';
import { ModelError } from '../../models/errors';

/**
 * What is chosen by a name, if one is given.
 *
 * @throws ModelError where there is no such choice
 */
export function backendNamed(name: string | undefined): BackendChoice | undefined {
  if (name === undefined) return undefined;
  const choice = BACKEND_CHOICES.find((each) => each === name);
  if (choice) return choice;
  throw new ModelError(`There is no backend "${name}": choose of ${BACKEND_CHOICES.join(', ')}.`);
}
