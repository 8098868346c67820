/** Whether a file is one that systems leave beside the data: `.DS_Store`, and `__MACOSX` in archives. */
export function isHidden(name: string): boolean {
  return /(^|\/)(__MACOSX\/|\.)/.test(name);
}
