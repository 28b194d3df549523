package import Documents

/// Paths into documents, written `a/b/c` with JSON Pointer escapes or as an array of keys.
package enum DocumentSteps {
    /// The keys of the path; nil if it is neither text nor array.
    package static func parse(_ path: Value, in arena: Arena) -> [Value]? {
        switch path.kind {
        case .array: return Array(path.elements)
        case .string:
            if path.count == 0 { return [] }
            let text = path.utf8.drop { $0 == UInt8(ascii: "/") }
            return text.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
                .map { arena.string(unescape($0)) }
        default: return nil
        }
    }

    package static func problem(_ path: Value) -> String {
        "operand 2 must be one of {set, array} containing string paths or array of path segments but got "
            + path.typeName
    }

    /// `~1` is a slash and `~0` a tilde (RFC 6901).
    private static func unescape(_ step: some Collection<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var followsTilde = false
        for byte in step {
            if followsTilde, byte == UInt8(ascii: "0") || byte == UInt8(ascii: "1") {
                output[output.count - 1] = UInt8(ascii: byte == UInt8(ascii: "0") ? "~" : "/")
                followsTilde = false
            } else {
                output.append(byte)
                followsTilde = byte == UInt8(ascii: "~")
            }
        }
        return output
    }
}
