import RegoRuntime
import Text

/// Textual encodings of keys and certificates (RFC 7468), read as Go's `encoding/pem` does.
struct PEMBlock {
    var type: String
    var bytes: [UInt8]

    /// The next block of `rest`, which is moved past it; nil if there is none.
    static func next(_ rest: inout Substring) -> PEMBlock? {
        while let begin = rest.firstRange(of: "-----BEGIN ") {
            let isAtLineStart = begin.lowerBound == rest.startIndex || rest[..<begin.lowerBound].last?.isNewline == true
            let afterBegin = rest[begin.upperBound...]
            guard isAtLineStart, let typeEnd = afterBegin.firstRange(of: "-----"),
                !afterBegin[..<typeEnd.lowerBound].contains(where: \.isNewline)
            else {
                rest = afterBegin
                continue
            }
            let type = String(afterBegin[..<typeEnd.lowerBound])
            let body = afterBegin[typeEnd.upperBound...]
            guard let end = body.firstRange(of: "-----END \(type)-----") else {
                rest = body
                continue
            }
            rest = body[end.upperBound...].drop { $0.isNewline }
            // Lines with a colon are headers only where they stand first.
            let lines = body[..<end.lowerBound].split(whereSeparator: \.isNewline).drop { $0.contains(":") }
            let text = lines.joined().filter { !$0.isWhitespace }
            guard let bytes = try? Base64.decode(text.utf8) else { continue }
            return PEMBlock(type: type, bytes: bytes)
        }
        return nil
    }

    /// All blocks of a text.
    static func all(_ text: String) -> [PEMBlock] {
        var rest = text[...]
        var blocks: [PEMBlock] = []
        while let block = next(&rest) { blocks.append(block) }
        return blocks
    }
}

extension Substring {
    fileprivate func firstRange(of text: String) -> Range<Index>? {
        guard let first = text.utf8.first else { return nil }
        var from = startIndex
        while let start = self[from...].utf8.firstIndex(of: first) {
            let candidate = self[start...]
            if candidate.utf8.starts(with: text.utf8) {
                return start..<utf8.index(start, offsetBy: text.utf8.count)
            }
            from = utf8.index(after: start)
        }
        return nil
    }
}
