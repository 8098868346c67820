/** Kotlin's keywords, and the common names of its library. */
export const KOTLIN = `
  abstract actual annotation as break by catch class companion const constructor continue crossinline
  data do else enum expect external false final finally for fun get if import in infix init inline
  inner interface internal is it lateinit noinline null object open operator out override package
  private protected public reified return sealed set super suspend this throw true try typealias val
  var vararg when where while String Int Long Double Boolean Any Unit List MutableList Map MutableMap
  Set println listOf mutableListOf mapOf mutableMapOf let apply run also with filter map forEach size
  first last require check lazy
`;
