/// JSON with comments and trailing commas.
enum JSONComments {
    /// The text with blanks in their place, so that every byte keeps its line and column.
    static func blanked(_ text: [UInt8]) -> [UInt8] {
        var bytes = text
        var index = 0
        /// The last comma that nothing but blanks and comments follows.
        var comma: Int?
        func byte(_ place: Int) -> UInt8 { place < bytes.count ? bytes[place] : 0 }
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "\""):
                comma = nil
                index += 1
                while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                    index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index += 1
            case UInt8(ascii: "/") where byte(index + 1) == UInt8(ascii: "/"):
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
                    bytes[index] = UInt8(ascii: " ")
                    index += 1
                }
            case UInt8(ascii: "/") where byte(index + 1) == UInt8(ascii: "*"):
                var end = index + 2
                while end < bytes.count, !(bytes[end] == UInt8(ascii: "*") && byte(end + 1) == UInt8(ascii: "/")) { end += 1 }
                // One that never ends stays, and is the error.
                guard end < bytes.count else { return bytes }
                for place in index..<(end + 2) where bytes[place] != UInt8(ascii: "\n") { bytes[place] = UInt8(ascii: " ") }
                index = end + 2
            case UInt8(ascii: ","):
                comma = index
                index += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if let comma { bytes[comma] = UInt8(ascii: " ") }
                comma = nil
                index += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): index += 1
            default:
                comma = nil
                index += 1
            }
        }
        return bytes
    }
}
