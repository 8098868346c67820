/** Julia's keywords, and common functions and types. */
export const JULIA = `
  abstract baremodule begin break catch const continue do else elseif end export false finally for
  function global if import in isa let local macro module mutable nothing primitive quote return
  struct true try type using where while println print length size push pop append map filter reduce
  sum prod zeros ones rand collect range Int Int64 Float64 String Bool Vector Matrix Array Dict Set
  Tuple Any Nothing missing typeof eltype sqrt exp log
`;
