/** Java's keywords, and the common names of its library. */
export const JAVA = `
  abstract assert boolean break byte case catch char class const continue default do double else enum
  extends final finally float for if implements import instanceof int interface long native new null
  package private protected public record return short static strictfp super switch synchronized this
  throw throws transient true false try var void volatile while String System out println print
  Integer Long Double Boolean Object Override List ArrayList Map HashMap Set HashSet Arrays
  Collections Math Exception RuntimeException IllegalArgumentException StringBuilder append equals
  hashCode toString length size get put add remove contains isEmpty stream collect Optional Thread
  Runnable main args java util
`;
