import RegoRuntime
import Text

/// Textual encodings of keys and certificates (RFC 7468), read as `Decode` of Go's `encoding/pem` does.
struct PEMBlock {
    var type: String
    var bytes: [UInt8]

    private static let start = Array("-----BEGIN ".utf8)
    /// A line of its own, but right behind the first one.
    private static let end = Array("\n-----END ".utf8)
    private static let endOfLine = Array("-----".utf8)

    /// The next block of `rest`, which is moved past it; nil if there is none.
    static func next(_ rest: inout ArraySlice<UInt8>) -> PEMBlock? {
        var from = rest.startIndex
        while let endLine = ByteSearch.first(end, in: rest[from...]) {
            let place = from
            from = endLine.upperBound
            // Of several beginnings the last counts.
            guard let begin = ByteSearch.last(start, in: rest[place..<endLine.lowerBound]),
                begin.lowerBound == place || rest[begin.lowerBound - 1] == 0x0A
            else { continue }
            let typeLine = line(rest[begin.upperBound...])
            guard typeLine.text.count >= endOfLine.count, typeLine.text.suffix(endOfLine.count).elementsEqual(endOfLine) else {
                continue
            }
            let type = typeLine.text.dropLast(endOfLine.count)
            guard let body = body(rest[typeLine.next...]) else { return nil }
            // An end that stands right behind the first line shares its line break.
            let isEmpty = !body.hasHeaders && rest[body.start...].starts(with: end.dropFirst())
            if !isEmpty, endLine.lowerBound < body.start { continue }
            let trailer = isEmpty ? body.start + end.count - 1 : endLine.upperBound
            let last = line(rest[trailer...])
            guard last.text.count == type.count + endOfLine.count, last.text.starts(with: type),
                last.text.suffix(endOfLine.count).elementsEqual(endOfLine)
            else { continue }
            let text = isEmpty ? [] : rest[body.start..<endLine.lowerBound]
            guard let bytes = try? Base64.decode(text.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else { continue }
            rest = rest[last.next...]
            return PEMBlock(type: String(decoding: type, as: UTF8.self), bytes: bytes)
        }
        return nil
    }

    /// All blocks of a text.
    static func all(_ text: String) -> [PEMBlock] {
        var rest = Array(text.utf8)[...]
        var blocks: [PEMBlock] = []
        while let block = next(&rest) { blocks.append(block) }
        return blocks
    }

    /// Where the text behind the headers begins; nil when there is none.
    private static func body(_ lines: ArraySlice<UInt8>) -> (start: Int, hasHeaders: Bool)? {
        var rest = lines
        while !rest.isEmpty {
            let next = line(rest)
            if !next.text.contains(UInt8(ascii: ":")) { return (rest.startIndex, rest.startIndex > lines.startIndex) }
            rest = rest[next.next...]
        }
        return nil
    }

    /// The first line without blanks at its end, and where the one behind it begins.
    private static func line(_ text: ArraySlice<UInt8>) -> (text: ArraySlice<UInt8>, next: Int) {
        let end = text.firstIndex(of: 0x0A)
        var line = text[..<(end ?? text.endIndex)]
        if end != nil, line.last == 0x0D { line.removeLast() }
        while line.last == 0x20 || line.last == 0x09 { line.removeLast() }
        return (line, end.map { $0 + 1 } ?? text.endIndex)
    }
}
