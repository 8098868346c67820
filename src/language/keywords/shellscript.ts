/** Shell's keywords, and common commands. */
export const SHELLSCRIPT = `
  if then else elif fi for while until do done case esac in function select return break continue exit
  export local readonly declare set unset shift source alias eval exec trap test true false echo
  printf read cd pwd ls cp mv rm mkdir rmdir touch cat head tail grep sed awk cut sort uniq wc tr find
  xargs chmod chown ln tar gzip curl wget ssh scp git npm node python pip docker make sudo kill ps env
  bin bash usr dev null PATH HOME
`;
