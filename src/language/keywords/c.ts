/** C's keywords, and the common names of its library. */
export const C = `
  auto break case char const continue default do double else enum extern float for goto if inline int
  long register restrict return short signed sizeof static struct switch typedef union unsigned void
  volatile while define include ifdef ifndef endif undef pragma elif error NULL EOF FILE size_t
  ssize_t int8_t int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t bool true false stdin
  stdout stderr errno main argc argv printf fprintf sprintf snprintf scanf sscanf puts fputs gets
  fgets getchar putchar getc putc fopen fclose fread fwrite fseek ftell fflush feof perror exit abort
  atexit malloc calloc realloc free memcpy memmove memset memcmp strlen strcpy strncpy strcat strncat
  strcmp strncmp strchr strrchr strstr strtok strdup atoi atol atof strtol strtoul strtod isalpha
  isdigit isspace isupper islower isalnum toupper tolower assert qsort bsearch rand srand time clock
  abs fabs sqrt pow sin cos tan floor ceil open close read write stdio stdlib string math ctype stddef
  stdint unistd
`;
