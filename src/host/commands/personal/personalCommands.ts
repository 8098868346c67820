import { Command } from '../../names';
import { modelArgument } from '../models/pickModel';
import { personalizeModel, type PersonalParts } from './personalizeModel';

/** The commands by which Scrawl learns a person's hand. */
export function personalCommands(parts: PersonalParts) {
  return {
    [Command.personalizeModel]: (argument?: unknown) => personalizeModel(parts, modelArgument(argument)),
  };
}
