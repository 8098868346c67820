declare module 'unbzip2-stream' {
  /** A stream that unpacks bzip2. */
  export default function bunzip2(): NodeJS.ReadWriteStream;
}
