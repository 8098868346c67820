/** An item of a list with why it stands where it does. */
export interface Ranked<Item, Section extends string> {
  readonly item: Item;
  readonly section: Section;
}

/** The items of sections, each once, in the first that has it. */
export function ranked<Item, Section extends string>(
  sections: readonly (readonly [Section, readonly Item[]])[],
): Ranked<Item, Section>[] {
  const seen = new Set<Item>();
  return sections.flatMap(([section, items]) =>
    items.flatMap((item) => {
      if (seen.has(item)) return [];
      seen.add(item);
      return [{ item, section }];
    }),
  );
}

/** The items of a list, the heading of its section before the first of each. */
export function inSections<Item, Section extends string, Shown, Heading>(
  list: readonly Ranked<Item, Section>[],
  show: (item: Item) => Shown,
  heading: (section: Section) => Heading,
): (Shown | Heading)[] {
  let last: Section | undefined;
  return list.flatMap(({ item, section }) => {
    const shown = show(item);
    if (section === last) return [shown];
    last = section;
    return [heading(section), shown];
  });
}
