import Diagnostics
import Findings
import Judging

/// Source texts without the credentials that findings point at.
struct SecretMask {
    private var texts: [ObjectIdentifier: SourceFile] = [:]

    init(_ findings: [Finding]) {
        var ranges: [ObjectIdentifier: (file: SourceFile, ranges: [Range<Int>])] = [:]
        for finding in findings where finding.location.isSecret {
            guard let range = finding.location.range else { continue }
            let bytes = Int(range.start)..<Int(range.end)
            ranges[ObjectIdentifier(range.file), default: (range.file, [])].ranges.append(bytes)
        }
        for (key, entry) in ranges {
            var bytes = Array(entry.file.bytes)
            for range in entry.ranges { for index in range.clamped(to: 0..<bytes.count) { bytes[index] = UInt8(ascii: "*") } }
            texts[key] = SourceFile(path: entry.file.path, bytes: bytes)
        }
    }

    /// The same range of a text that has stars where credentials stand.
    func masked(_ range: SourceRange) -> SourceRange {
        if texts.isEmpty { return range }
        guard let text = texts[ObjectIdentifier(range.file)] else { return range }
        return SourceRange(file: text, start: range.start, end: range.end)
    }
}
