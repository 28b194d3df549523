import GoTemplate

/// Breaking and shortening of lines, as the goutils library does it.
enum TextWrap {
    static func wrapped(_ text: String, _ width: Int, _ lineBreak: String, cutsLongWords: Bool) -> String {
        let bytes = Array(text.utf8)
        let width = max(1, width)
        let lineBreak = Array((lineBreak.isEmpty ? "\n" : lineBreak).utf8)
        var output: [UInt8] = []
        var offset = 0
        while bytes.count - offset > width {
            if bytes[offset] == 0x20 {
                offset += 1
                continue
            }
            if let space = bytes[offset...(offset + width)].lastIndex(of: 0x20) {
                output += bytes[offset..<space] + lineBreak
                offset = space + 1
            } else if cutsLongWords {
                output += bytes[offset..<offset + width] + lineBreak
                offset += width
            } else if let space = bytes[(offset + width)...].firstIndex(of: 0x20) {
                output += bytes[offset..<space] + lineBreak
                offset = space + 1
            } else {
                output += bytes[offset...]
                offset = bytes.count
            }
        }
        return String(decoding: output + bytes[offset...], as: UTF8.self)
    }

    /// A part of the text of so many bytes, with dots where something was left out.
    static func abbreviated(_ text: [UInt8], _ offset: Int, _ width: Int) -> GoValue {
        let dots = Array("...".utf8)
        if text.isEmpty || width < 4 || text.count <= width { return .text(width < 4 ? [] : text) }
        var offset = min(offset, text.count)
        if text.count - offset < width - 3 { offset = text.count - (width - 3) }
        if offset <= 4 { return .text(text[..<(width - 3)] + dots) }
        if width < 7 { return .string("") }
        if offset + width - 3 < text.count {
            let rest = abbreviated(Array(text[offset...]), 0, width - 3).asBytes ?? []
            return .text(dots + rest)
        }
        return .text(dots + text[(text.count - (width - 3))...])
    }
}
