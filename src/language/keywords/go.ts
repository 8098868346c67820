/** Go's keywords, and the common names of its library. */
export const GO = `
  break case chan const continue default defer else fallthrough for func go goto if import interface
  map package range return select struct switch type var append bool byte cap close complex copy
  delete error false float32 float64 int int8 int16 int32 int64 iota len make new nil panic print
  println recover rune string true uint uint8 uint16 uint32 uint64 uintptr any fmt Println Printf
  Sprintf Errorf Fprintf os strings strconv Itoa Atoi errors New time context Context sync Mutex
  WaitGroup io Reader Writer http main err ctx
`;
