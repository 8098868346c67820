/** Ruby's keywords, and the common names of its library. */
export const RUBY = `
  alias and begin BEGIN break case class def defined do else elsif end END ensure false for if in
  module next nil not or redo rescue retry return self super then true undef unless until when while
  yield puts print require require_relative attr_accessor attr_reader attr_writer initialize new each
  map select reject inject reduce raise include extend private protected public lambda proc length
  size push pop first last empty to_s to_i to_sym to_a join split gsub sub freeze nil Array Hash
  String Integer Struct File
`;
