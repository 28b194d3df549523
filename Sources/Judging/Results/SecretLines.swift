package import Diagnostics
import Text

/// Finds what must not be shown of a text that could not be read, as of a broken manifest, by its lines alone.
package enum SecretLines {
    /// The bytes to hide of the line at a place: in the text of a Secret the value of each line, elsewhere what stands
    /// behind the name of a credential and what is recognisable as one.
    package static func hidden(in range: SourceRange) -> [Range<Int>] {
        let file = range.file
        guard Int(range.start) <= file.bytes.count else { return [] }
        let line = file.byteRange(ofLine: file.line(at: Int(range.start)))
        if line.isEmpty || line.count > 1 << 16 { return [] }
        let bytes = Array(file.bytes[line])
        var found = bytes.withUnsafeBufferPointer(CredentialShapes.parts)
        if isSecret(file, around: line.lowerBound), let start = dataStart(in: bytes) {
            found.append(start..<bytes.count)
        } else if let (name, value) = pair(in: bytes) {
            let isCredential = bytes.withUnsafeBufferPointer { bytes in
                CredentialShapes.isCredential(
                    UnsafeBufferPointer(rebasing: bytes[name]), UnsafeBufferPointer(rebasing: bytes[value]))
            }
            if isCredential || isSecret(file, around: line.lowerBound) && !isHead(bytes[name]) { found.append(value) }
        } else if isSecret(file, around: line.lowerBound), bytes.first == 0x20 {
            found.append(bytes.prefix { $0 == 0x20 }.count..<bytes.count)
        }
        return found.map { line.lowerBound + $0.lowerBound..<line.lowerBound + $0.upperBound }
    }

    /// Where the values of `data` or `stringData` begin that stand on the same line, as in flow style and JSON.
    private static func dataStart(in line: [UInt8]) -> Int? {
        for name in ["stringData", "data"] {
            guard let found = ByteSearch.first(Array(name.utf8), in: line) else { continue }
            var end = found.upperBound
            while end < line.count, line[end] == UInt8(ascii: "\"") || line[end] == UInt8(ascii: "'") || line[end] == 0x20 {
                end += 1
            }
            guard end < line.count, line[end] == UInt8(ascii: ":") else { continue }
            end += 1
            while end < line.count, line[end] == 0x20 { end += 1 }
            if end < line.count { return end }
        }
        return nil
    }

    /// The name and the value of `name: value`.
    private static func pair(in line: [UInt8]) -> (name: Range<Int>, value: Range<Int>)? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let marks = Array("- \t\"'{".utf8)
        var (start, end) = (0, colon)
        while start < end, marks.contains(line[start]) { start += 1 }
        while end > start, marks.contains(line[end - 1]) { end -= 1 }
        var value = colon + 1
        while value < line.count, line[value] == 0x20 { value += 1 }
        return start < end && value < line.count ? (start..<end, value..<line.count) : nil
    }

    /// Members of every object, which hold no credentials.
    private static func isHead(_ name: ArraySlice<UInt8>) -> Bool {
        ["apiVersion", "kind", "metadata", "name", "namespace", "type", "labels", "immutable"].contains {
            name.elementsEqual($0.utf8)
        }
    }

    /// Whether the document around a byte says that it is a Secret.
    private static func isSecret(_ file: SourceFile, around offset: Int) -> Bool {
        let bytes = file.bytes, mark = Array("\n---".utf8)
        let reach = 1 << 20
        let before = bytes[max(0, offset - reach)..<offset], after = bytes[offset..<min(bytes.count, offset + reach)]
        let start = ByteSearch.last(mark, in: before)?.lowerBound ?? before.startIndex
        let end = ByteSearch.first(mark, in: after)?.lowerBound ?? after.endIndex
        let document = bytes[start..<end]
        guard let kind = ByteSearch.first(Array("kind".utf8), in: document) else { return false }
        return ByteSearch.first(Array("Secret".utf8), in: document[kind.upperBound...]) != nil
    }
}
