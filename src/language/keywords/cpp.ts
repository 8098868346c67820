/** C++'s keywords beyond C's, and the common names of its library. */
export const CPP = `
  alignas alignof and bool catch char16_t char32_t class co_await co_return co_yield concept consteval
  constexpr const_cast decltype delete dynamic_cast explicit export false final friend module mutable
  namespace new noexcept not nullptr operator or override private protected public reinterpret_cast
  requires static_assert static_cast template this thread_local throw true try typeid typename using
  virtual wchar_t std string vector map set unordered_map unordered_set pair tuple array list deque
  queue stack optional variant function unique_ptr shared_ptr weak_ptr make_unique make_shared
  make_pair move forward swap sort find begin end size push_back emplace_back insert erase first
  second cout cin cerr endl string_view iostream algorithm memory utility mutex lock_guard thread
  chrono
`;
