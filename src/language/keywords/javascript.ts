/** JavaScript's keywords, and the common names of its library, of browsers and of Node. */
export const JAVASCRIPT = `
  arguments async await break case catch class const continue debugger default delete do else export
  extends false finally for from function get if import in instanceof let new null of return set
  static super switch this throw true try typeof undefined var void while with yield console log error
  warn Math min max floor ceil round abs random sqrt PI Array isArray from Object keys values entries
  assign freeze String Number Boolean parseInt parseFloat isNaN NaN Infinity JSON parse stringify
  Promise resolve reject then catch finally all Map Set WeakMap Symbol Date now RegExp Error TypeError
  RangeError constructor prototype length push pop shift unshift slice splice concat join split map
  filter reduce forEach find findIndex some every includes indexOf sort reverse flat fill has get add
  delete size test exec match replace replaceAll trim padStart startsWith endsWith toString
  toUpperCase toLowerCase toFixed charAt charCodeAt document window addEventListener querySelector
  createElement getElementById appendChild setTimeout clearTimeout setInterval clearInterval fetch
  require module exports process env
`;
