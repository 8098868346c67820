/** C#'s keywords, and the common names of its library. */
export const CSHARP = `
  abstract as async await base bool break byte case catch char checked class const continue decimal
  default delegate do double dynamic else enum event explicit extern false finally fixed float for
  foreach get goto if implicit in init int interface internal is lock long namespace new null object
  operator out override params partial private protected public readonly record ref return sbyte
  sealed set short sizeof stackalloc static string struct switch this throw true try typeof uint ulong
  unchecked unsafe ushort using value var virtual void volatile when where while yield System Console
  WriteLine ReadLine Write List Dictionary IEnumerable Task String Math Exception Linq Collections
  Generic Count Length Add Contains ToString Where Select ToList FirstOrDefault Guid DateTime
  StringBuilder Append
`;
