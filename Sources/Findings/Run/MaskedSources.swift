import Diagnostics
import Judging

/// Source texts in which `•••` stands for what is hidden, so that whoever shows a line of a report shows it without.
struct MaskedSources {
    /// A text with marks, and how its bytes lie to those of the original.
    private struct Masked {
        let file: SourceFile
        /// Ascending: the hidden bytes of the original, and where their mark ends in the masked text.
        var marks: [(hidden: Range<Int>, end: Int)] = []

        init(_ file: SourceFile, _ hidden: [Range<Int>]) {
            var bytes: [UInt8] = [], end = 0
            bytes.reserveCapacity(file.bytes.count)
            for range in Self.lines(of: hidden, in: file) where range.lowerBound >= end {
                bytes += file.bytes[end..<range.lowerBound]
                bytes += SecretScreen.mark.utf8
                end = range.upperBound
                marks.append((range, bytes.count))
            }
            bytes += file.bytes[end...]
            self.file = SourceFile(path: file.path, bytes: bytes)
        }

        /// The parts to hide, none across lines, so that lines keep their numbers and blanks at their beginnings.
        private static func lines(of hidden: [Range<Int>], in file: SourceFile) -> [Range<Int>] {
            var parts: [Range<Int>] = []
            for range in hidden.sorted(by: { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }) {
                for line in file.bytes[range.clamped(to: 0..<file.bytes.count)].split(separator: 0x0A) {
                    let text = line.drop { $0 == 0x20 || $0 == 0x0D }
                    if !text.isEmpty { parts.append(text.startIndex..<text.endIndex) }
                }
            }
            return parts.sorted { $0.lowerBound < $1.lowerBound }
        }

        /// The place of a byte of the original; of a hidden one, where its mark begins or ends.
        func place(of offset: Int, isEnd: Bool) -> Int {
            var (low, high) = (0, marks.count)
            while low < high {
                let middle = (low + high) / 2
                if marks[middle].hidden.lowerBound < offset || !isEnd && marks[middle].hidden.lowerBound == offset {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low > 0 else { return offset }
            let mark = marks[low - 1]
            if offset >= mark.hidden.upperBound { return mark.end + offset - mark.hidden.upperBound }
            return isEnd ? mark.end : mark.end - SecretScreen.mark.utf8.count
        }
    }

    private var texts: [ObjectIdentifier: Masked] = [:]

    init(_ findings: [Finding], _ diagnostics: [Diagnostic]) {
        var hidden: [ObjectIdentifier: (file: SourceFile, ranges: Set<Range<Int>>)] = [:]
        var last: [Range<Int>] = []
        for finding in findings where !finding.hidden.isEmpty {
            // Findings of one object share what is hidden.
            guard let file = finding.range?.file, finding.hidden != last else { continue }
            last = finding.hidden
            hidden[ObjectIdentifier(file), default: (file, [])].ranges.formUnion(last)
        }
        for range in diagnostics.flatMap({ [$0.range] + $0.notes.map(\.range) }).compactMap(\.self) {
            let lines = SecretLines.hidden(in: range)
            if !lines.isEmpty { hidden[ObjectIdentifier(range.file), default: (range.file, [])].ranges.formUnion(lines) }
        }
        for (key, entry) in hidden { texts[key] = Masked(entry.file, Array(entry.ranges)) }
    }

    /// The same range of the text with marks.
    func masked(_ range: SourceRange) -> SourceRange {
        guard let text = texts[ObjectIdentifier(range.file)] else { return range }
        return SourceRange(
            file: text.file, start: UInt32(text.place(of: Int(range.start), isEnd: false)),
            end: UInt32(text.place(of: Int(range.end), isEnd: true)))
    }

    func masked(_ diagnostic: Diagnostic) -> Diagnostic {
        if texts.isEmpty { return diagnostic }
        var diagnostic = diagnostic
        diagnostic.range = diagnostic.range.map(masked)
        for index in diagnostic.notes.indices { diagnostic.notes[index].range = diagnostic.notes[index].range.map(masked) }
        return diagnostic
    }
}

extension Report {
    /// Takes from the texts that findings and problems point into what nobody is to see.
    mutating func hideSecrets() {
        let sources = MaskedSources(findings, diagnostics)
        for index in findings.indices {
            guard let range = findings[index].range else { continue }
            let masked = sources.masked(range)
            if masked.file !== range.file { findings[index].location.range = masked }
        }
        diagnostics = diagnostics.map(sources.masked)
    }
}
