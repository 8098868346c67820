/** Python's keywords, and the common names of its library. */
export const PYTHON = `
  False None True and as assert async await break case class continue def del elif else except finally
  for from global if import in is lambda match nonlocal not or pass raise return try while with yield
  self cls abs all any bool bytes callable chr dict dir enumerate filter float format frozenset
  getattr hasattr hash hex id input int isinstance issubclass iter len list map max min next object
  open ord pow print property range repr reversed round set setattr slice sorted staticmethod
  classmethod str sum super tuple type vars zip ValueError TypeError KeyError IndexError RuntimeError
  Exception StopIteration NotImplementedError __init__ __name__ __main__ __str__ __repr__ __len__
  __call__ __getitem__ append extend insert pop remove index count sort reverse items keys values get
  update split join strip replace startswith endswith lower upper find encode decode read write
  readline close os sys re math json random time datetime collections itertools functools pathlib Path
  numpy np pandas pd plt argparse subprocess logging typing Optional
`;
