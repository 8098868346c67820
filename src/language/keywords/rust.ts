/** Rust's keywords, and the common names of its library. */
export const RUST = `
  as async await break const continue crate dyn else enum extern false fn for if impl in let loop
  match mod move mut pub ref return self Self static struct super trait true type union unsafe use
  where while bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize String Vec
  Option Some None Result Ok Err Box Rc Arc RefCell Cell HashMap HashSet Iterator Clone Copy Debug
  Default Display From Into println print format vec panic assert assert_eq derive unwrap expect clone
  iter into_iter collect map filter push len is_empty to_string as_str new std fmt io
`;
