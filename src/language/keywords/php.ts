/** PHP's keywords, and the common names of its library. */
export const PHP = `
  abstract and array as break callable case catch class clone const continue declare default do echo
  else elseif empty endforeach endif endwhile enum extends final finally fn for foreach function
  global if implements include include_once instanceof insteadof interface isset list match namespace
  new null or print private protected public readonly require require_once return static switch throw
  trait try unset use var while yield true false string int float bool void mixed self parent php this
  __construct count strlen strpos str_replace substr explode implode array_map array_filter
  array_merge array_keys in_array is_null is_array json_encode json_decode printf sprintf var_dump
  Exception _GET _POST _SERVER _SESSION
`;
