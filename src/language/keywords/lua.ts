/** Lua's keywords, and the common names of its library. */
export const LUA = `
  and break do else elseif end false for function goto if in local nil not or repeat return then true
  until while print pairs ipairs type tostring tonumber require setmetatable getmetatable table insert
  remove concat sort string format sub gsub find match len math floor max min random io read write
  open os time self __index
`;
