/** Swift's keywords, and the common names of its library. */
export const SWIFT = `
  actor any as associatedtype async await break case catch class continue convenience default defer
  deinit do else enum extension fallthrough false fileprivate final for func get guard if import in
  indirect init inout internal is lazy let mutating nil open operator override private protocol public
  repeat required rethrows return self Self set some static struct subscript super switch throw throws
  true try typealias unowned var weak where while String Int Double Float Bool Array Dictionary Set
  Any AnyObject Optional Error print count append isEmpty map filter reduce forEach first last
  Foundation UIKit SwiftUI View Text body Date URL Data
`;
