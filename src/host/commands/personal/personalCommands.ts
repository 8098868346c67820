import { Command } from '../../names';
import { modelArgument } from '../models/pickModel';
import { personalizeModel, type PersonalizeParts } from './personalizeModel';
import { practiseCharacters, type PractiseParts } from './practiseCharacters';

export type PersonalParts = PersonalizeParts & PractiseParts;

/** The commands by which Scrawl learns a person's hand. */
export function personalCommands(parts: PersonalParts) {
  return {
    [Command.personalizeModel]: (argument?: unknown) => personalizeModel(parts, modelArgument(argument)),
    [Command.practiseCharacters]: () => practiseCharacters(parts),
  };
}
