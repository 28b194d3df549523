#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A text compared byte by byte, as Rego, Go and the API server compare strings: to Swift's `==` canonically equivalent texts
/// (`é` as one code point or as two) are equal.
package struct ExactText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    /// Whether a text comes before another in the order of their bytes.
    package static func precedes(_ left: String, _ right: String) -> Bool {
        let order = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                let count = min(left.count, right.count)
                guard count > 0, let first = left.baseAddress, let second = right.baseAddress else {
                    return left.count - right.count
                }
                let order = Int(memcmp(first, second, count))
                return order == 0 ? left.count - right.count : order
            }
        }
        guard let order, let order else { return left.utf8.lexicographicallyPrecedes(right.utf8) }
        return order < 0
    }

    package static func == (left: ExactText, right: ExactText) -> Bool {
        let count = left.text.utf8.count
        guard count == right.text.utf8.count, count > 0 else { return count == right.text.utf8.count }
        var (left, right) = (left.text, right.text)
        return left.withUTF8 { left in
            right.withUTF8 { right in
                guard let left = left.baseAddress, let right = right.baseAddress else { return true }
                return memcmp(left, right, count) == 0
            }
        }
    }

    package func hash(into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
