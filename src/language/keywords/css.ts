/** CSS's properties, common values and functions. */
export const CSS = `
  align-items align-self animation background background-color background-image border border-bottom
  border-color border-left border-radius border-right border-top bottom box-shadow box-sizing color
  column-gap content cursor display fill flex flex-direction flex-grow flex-wrap float font font-
  family font-size font-style font-weight gap grid grid-template-columns height justify-content left
  letter-spacing line-height list-style margin margin-bottom margin-left margin-right margin-top max-
  height max-width min-height min-width opacity outline overflow padding padding-bottom padding-left
  padding-right padding-top pointer-events position right row-gap stroke text-align text-decoration
  text-overflow text-transform top transform transition vertical-align visibility white-space width
  z-index absolute auto block bold border-box both center column contents cover currentColor ease
  fixed hidden inherit initial inline inline-block important italic none normal nowrap pointer
  relative row solid space-between sticky transparent underline uppercase after before active checked
  disabled first-child focus hover last-child not nth-child root calc linear-gradient rgb rgba url var
  media import keyframes supports body button div header main nav section span
`;
