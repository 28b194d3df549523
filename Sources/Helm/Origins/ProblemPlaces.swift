package import Diagnostics
import GoTemplate

extension HelmProblem {
    /// The problem as what is shown to people: at the place in the template, or at each value that does not fit the schema.
    ///
    /// - Parameters:
    ///   - context: what stands before each message.
    ///   - sources: the files of the rendering, by number.
    ///   - map: takes the files that are shown.
    package func diagnostics(_ context: String, _ sources: ChartSources, _ map: SourceMap) -> [Diagnostic] {
        let code = "helm_render_error"
        func range(_ place: TextPlace?) -> SourceRange? {
            guard let place, let source = sources[place.file], !source.isFlag,
                let file = try? map.source(path: source.path, bytes: source.bytes)
            else { return nil }
            let start = min(max(0, Int(place.offset)), file.bytes.count)
            var end = start
            let ends = Set(" \t\n\r})|".utf8)
            while end < file.bytes.count, !ends.contains(file.bytes[end]) { end += 1 }
            return SourceRange(file: file, start: UInt32(start), end: UInt32(max(end, min(start + 1, file.bytes.count))))
        }
        if !faults.isEmpty {
            return faults.map { fault in
                Diagnostic(
                    code: code, message: "\(context)\(fault.message)", range: range(fault.place),
                    hint: "values.schema.json of the chart says so")
            }
        }
        var located = places.filter { $0.source != nil }
        let inner = located.popLast()
        let notes = located.reversed().prefix(12).map { place in
            Diagnostic.Note("on the way from \(place.text)", range: range(place.source))
        }
        return [
            Diagnostic(
                code: code, message: context + message, range: range(inner?.source), notes: Array(notes), hint: hint)
        ]
    }
}
