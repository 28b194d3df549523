import Documents
import GoLibrary

extension UTF8Bytes {
    /// A string value over part of another string's bytes, without a copy.
    static func slice(_ bytes: Bytes, _ range: Range<Int>) -> Value {
        guard let base = bytes.baseAddress else { return empty }
        return .string(base + range.lowerBound, count: range.count)
    }

    /// The empty string.
    static var empty: Value {
        let text: StaticString = ""
        return .string(text.utf8Start, count: 0)
    }
}
