import { membership, requestAlphabet } from '../../base/alphabet';
import type { Chosen } from '../../protocol/pages/pad';
import { settings } from '../shell/settings';
import type { Used } from '../symbols/used';
import type { CharacterNames } from './characterNames';
import { pickOrType, separator } from '../shell/pickOrType';
import { inSections } from './ranked';
import { onlyCharacter, rankedCharacters } from './rankedCharacters';
import type { Recognition } from './recognition';

/** So many picked characters stand before others. */
const LATELY = 20;

/** Lets the user pick any character: from a list, by its name, or by typing it. */
export class PickCharacter {
  constructor(
    private readonly names: CharacterNames,
    private readonly used: Used,
  ) {}

  /**
   * @param hasInk whether there is ink that the character is to stand for
   * @returns undefined where the user picked none
   */
  async pick(recognition: Recognition, hasInk: boolean): Promise<Chosen | undefined> {
    const [classes, likely, named] = await Promise.all([
      recognition.classes(),
      hasInk ? recognition.likelyCharacters() : [],
      this.names.all(),
    ]);
    const picked = this.used.latest.filter((each) => onlyCharacter(each) === each).slice(0, LATELY);
    const list = rankedCharacters({ likely, picked, alphabet: alphabetOf(classes), named });
    const nameOf = new Map(list.map(({ character, name }) => [character, name]));
    const itemOf = (label: string) => ({ label, description: nameOf.get(label) ?? '' });
    const chosen = await pickOrType({
      title: 'Pick Character',
      placeholder: 'Choose a character, type its name, such as lambda or arrow, or type the character itself',
      items: inSections(
        list.map(({ character: item, section }) => ({ item, section })),
        itemOf,
        separator,
      ),
      itemsFor: (typed) => {
        const label = onlyCharacter(typed);
        return label === undefined ? [] : [itemOf(label)];
      },
    });
    if (!chosen) return undefined;
    await this.used.note(chosen.label);
    return { text: chosen.label };
  }
}

function alphabetOf(classes: readonly string[]): string[] {
  const alphabet = requestAlphabet(settings.alphabet, settings.customAlphabet);
  const member = membership(alphabet, classes);
  return classes.filter((_, index) => member[index]);
}
