/** JSON's names, and the common keys of its files. */
export const JSON_NAMES = `
  true false null name version description main scripts dependencies devDependencies license author
  repository type url keywords engines files private test build start lint id title value label items
  properties required default enum compilerOptions include exclude
`;
