public import Diagnostics
public import RegoRuntime

/// Which lines of the modules evaluation reached, from the marks of an instrumented engine (as `opa test --coverage`).
public struct Coverage: Sendable {
    /// The lines of one file that hold rules or expressions.
    public struct FileReport: Sendable {
        public var path: String
        public var covered: [Int]
        public var notCovered: [Int]
        /// Percent of the lines that were reached.
        public var percent: Double {
            let all = covered.count + notCovered.count
            return all == 0 ? 100 : Double(covered.count) * 100 / Double(all)
        }
    }

    private var hits: [Bool]
    private let marks: [Program.Mark]

    public init(_ program: Program) {
        marks = program.marks
        hits = Array(repeating: false, count: marks.count)
    }

    /// Notes that evaluation reached a mark.
    public mutating func hit(_ mark: Int) { hits[mark] = true }

    /// Adds what another run of the same program reached.
    public mutating func merge(_ other: Coverage) {
        for index in hits.indices where other.hits[index] { hits[index] = true }
    }

    /// One report for each file, by path. A line counts as reached when anything that starts on it was.
    public func report(isIncluded: (SourceFile) -> Bool = { _ in true }) -> [FileReport] {
        var lines: [String: [Int: Bool]] = [:]
        for (mark, isHit) in zip(marks, hits)
        where (mark.kind == .rule || mark.kind == .expression) && isIncluded(mark.range.file) {
            let line = mark.range.position.line
            lines[mark.range.file.path, default: [:]][line, default: false] =
                lines[mark.range.file.path]?[line] == true || isHit
        }
        return lines.sorted { $0.key < $1.key }.map { path, lines in
            FileReport(
                path: path, covered: lines.filter(\.value).keys.sorted(),
                notCovered: lines.filter { !$0.value }.keys.sorted())
        }
    }

    /// Percent of all lines that were reached.
    public static func percent(_ reports: [FileReport]) -> Double {
        let covered = reports.reduce(0) { $0 + $1.covered.count }
        let all = covered + reports.reduce(0) { $0 + $1.notCovered.count }
        return all == 0 ? 100 : Double(covered) * 100 / Double(all)
    }
}
