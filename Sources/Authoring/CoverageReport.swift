import Documents
package import Rego

/// Coverage as text, as `opa test --coverage` writes JSON, as LCOV and as Cobertura's XML.
package struct CoverageReport {
    package enum Format: String, Sendable, CaseIterable { case text, json, lcov, cobertura }

    package var files: [Coverage.FileReport]

    package init(_ files: [Coverage.FileReport]) { self.files = files }

    package var percent: Double { Coverage.percent(files) }

    package func text(_ format: Format) -> String {
        switch format {
        case .text: table
        case .json: json
        case .lcov: lcov
        case .cobertura: cobertura
        }
    }

    private var table: String {
        var text = ""
        for file in files {
            text += "\(Self.rounded(file.percent))%\t\(file.path)"
            if !file.notCovered.isEmpty {
                text +=
                    "\tnot covered: "
                    + Self.ranges(file.notCovered).map {
                        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
                    }
                    .joined(separator: ", ")
            }
            text += "\n"
        }
        return text + "\(Self.rounded(percent))%\ttotal\n"
    }

    /// Runs of consecutive lines.
    static func ranges(_ lines: [Int]) -> [ClosedRange<Int>] {
        var result: [ClosedRange<Int>] = []
        for line in lines {
            if let last = result.last, last.upperBound + 1 == line {
                result[result.count - 1] = last.lowerBound...line
            } else {
                result.append(line...line)
            }
        }
        return result
    }

    /// The percentage of all files with two digits, cut off where rounding would reach a threshold that it is under.
    package func percentText(below threshold: Double) -> String {
        let cut = (percent * 100).rounded(.down) / 100
        return Self.rounded((percent * 100).rounded() / 100 < threshold ? percent : cut)
    }

    package static func rounded(_ percent: Double) -> String {
        let hundredths = Int((percent * 100).rounded())
        let fraction = hundredths % 100
        return fraction == 0 ? "\(hundredths / 100)" : "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
    }

    private var json: String {
        let owner = Document { _ in .null }
        let arena = owner.arena
        func lines(_ lines: [Int]) -> Value {
            arena.array(
                Self.ranges(lines).map { range in
                    arena.object([
                        "start": arena.object(["row": .int(Int64(range.lowerBound))]),
                        "end": arena.object(["row": .int(Int64(range.upperBound))]),
                    ])
                })
        }
        func counts(_ covered: Int, _ notCovered: Int, _ percent: Double) -> [ObjectEntry] {
            [
                ObjectEntry(key: arena.string("covered_lines"), value: .int(Int64(covered))),
                ObjectEntry(key: arena.string("not_covered_lines"), value: .int(Int64(notCovered))),
                ObjectEntry(key: arena.string("coverage"), value: NumberText.value(Self.rounded(percent), in: arena)),
            ]
        }
        let entries = files.map { file -> ObjectEntry in
            var parts = counts(file.covered.count, file.notCovered.count, file.percent)
            if !file.covered.isEmpty { parts.append(ObjectEntry(key: arena.string("covered"), value: lines(file.covered))) }
            if !file.notCovered.isEmpty {
                parts.append(ObjectEntry(key: arena.string("not_covered"), value: lines(file.notCovered)))
            }
            return ObjectEntry(key: arena.string(file.path), value: arena.object(parts))
        }
        var total = counts(
            files.reduce(0) { $0 + $1.covered.count }, files.reduce(0) { $0 + $1.notCovered.count }, percent)
        total.append(ObjectEntry(key: arena.string("files"), value: arena.object(entries)))
        return JSONWriter.string(arena.object(total), style: .pretty) + "\n"
    }

    private var lcov: String {
        files.map { file in
            let lines = (file.covered.map { ($0, 1) } + file.notCovered.map { ($0, 0) }).sorted { $0.0 < $1.0 }
            return "TN:\nSF:\(file.path)\n" + lines.map { "DA:\($0.0),\($0.1)\n" }.joined()
                + "LF:\(lines.count)\nLH:\(file.covered.count)\nend_of_record\n"
        }.joined()
    }
}
