package import GoTemplate
package import Helm
package import Inputs
import Synchronization
import Text

/// What of the templates of charts was run by the renderings of a check. Filled while charts are rendered, when
/// `BuildSettings.visits` asks for it.
package final class TemplateVisits: Sendable {
    private struct Entry: Sendable {
        var shown: String
        var files: [ChartFile]
        var valueSets: [String] = []
        /// The offsets that ran, by the path of the template.
        var offsets: [String: Set<Int>] = [:]
    }

    /// By the absolute path of the chart.
    private let entries = Mutex<[String: Entry]>([:])

    /// The functions that templates may call.
    private let functions: @Sendable () -> [String: TemplateFunction]

    package init(functions: @escaping @Sendable () -> [String: TemplateFunction]) { self.functions = functions }

    /// Collects what one rendering runs.
    final class Rendering {
        fileprivate var offsets: [Int32: Set<Int>] = [:]

        func visit(_ file: Int32, _ offset: Int) { offsets[file, default: []].insert(offset) }
    }

    /// Keeps a chart that a rendering was tried of.
    func add(_ path: String, shown: String, _ files: [ChartFile]) {
        entries.withLock { entries in
            if entries[path] == nil { entries[path] = Entry(shown: shown, files: files) }
        }
    }

    /// Keeps what a rendering ran that came to its end.
    func add(_ path: String, values name: String, _ rendering: Rendering, _ sources: ChartSources) {
        entries.withLock { entries in
            guard entries[path]?.valueSets.contains(name) != nil else { return }
            if entries[path]?.valueSets.contains(name) == false { entries[path]?.valueSets.append(name) }
            for (number, offsets) in rendering.offsets {
                guard let source = sources[number] else { continue }
                entries[path]?.offsets[source.path, default: []].formUnion(offsets)
            }
        }
    }

    /// The coverage of each chart, by path.
    package func coverage() -> [ChartCoverage] {
        let entries = entries.withLock { $0.values.sorted { ExactText.precedes($0.shown, $1.shown) } }
        let functions = functions()
        return entries.compactMap { entry in
            // What is no chart was told by its rendering.
            guard let templates = try? ChartTemplates(entry.files) else { return nil }
            let parts = templates.parts.map { part in
                ChartCoverage.Part(
                    name: part.name, isLibrary: part.isLibrary,
                    files: part.files.compactMap { Self.coverage(of: $0, entry.offsets[$0.path] ?? [], functions) })
            }
            return ChartCoverage(path: entry.shown, valueSets: entry.valueSets.sorted(), parts: parts)
        }
    }

    private static func coverage(
        of file: ChartFile, _ visited: Set<Int>, _ functions: [String: TemplateFunction]
    ) -> ChartCoverage.File? {
        guard let outline = ChartTemplates.outline(of: file, functions) else { return nil }
        let starts = [0] + file.bytes.indices.filter { file.bytes[$0] == 0x0A }.map { $0 + 1 }
        func line(_ offset: Int) -> Int {
            var low = 0, high = starts.count
            while high - low > 1 {
                let middle = (low + high) / 2
                if starts[middle] <= offset { low = middle } else { high = middle }
            }
            return low
        }
        // Whether each line with something in it ran.
        var lines: [Int: Bool] = [:]
        for piece in outline.pieces {
            let isRun = visited.contains(piece.range.lowerBound)
            for number in line(piece.range.lowerBound)...line(piece.range.upperBound - 1) {
                let start = max(starts[number], piece.range.lowerBound)
                let end = min(number + 1 < starts.count ? starts[number + 1] : file.bytes.count, piece.range.upperBound)
                if file.bytes[start..<max(start, end)].allSatisfy({ $0 <= 0x20 }) { continue }
                lines[number, default: false] = lines[number, default: false] || isRun
            }
        }
        var result = ChartCoverage.File(path: file.path)
        result.lines = lines.count
        result.missed = lines.filter { !$0.value }.map { $0.key + 1 }.sorted()
        var end = -1
        for branch in outline.branches where !visited.contains(branch.range.lowerBound) {
            if branch.range.lowerBound < end { continue }
            end = branch.range.upperBound
            result.branches.append(
                ChartCoverage.Branch(
                    line: line(branch.range.lowerBound) + 1, lastLine: line(branch.range.upperBound) + 1, text: branch.text))
        }
        return result.lines == 0 ? nil : result
    }
}
