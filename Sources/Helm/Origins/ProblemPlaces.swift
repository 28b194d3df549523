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
        if !faults.isEmpty {
            return faults.map { fault in
                Diagnostic(
                    code: code, message: "\(context)\(fault.message)", range: Self.range(fault.place, sources, map),
                    hint: "values.schema.json of the chart says so")
            }
        }
        return [located(context + message, sources, map)]
    }

    /// The problem as one message, in Helm's words and with the place of each value that does not fit the schema.
    package func diagnostic(_ sources: ChartSources, _ map: SourceMap) -> Diagnostic {
        if faults.isEmpty { return located(message, sources, map) }
        let notes = faults.compactMap { fault in
            Self.range(fault.place, sources, map).map { Diagnostic.Note(fault.message, range: $0) }
        }
        return Diagnostic(
            code: code, message: message, notes: notes,
            hint: hint ?? "change these values, or the chart's values.schema.json")
    }

    /// The code of charts that other values may mend.
    package static let renderCode = "helm_render_error"

    private var code: String { isBroken ? "helm_parse_error" : Self.renderCode }

    /// Where one template includes itself, a few of the places say it all.
    private static let mostNotes = 12

    private func located(_ message: String, _ sources: ChartSources, _ map: SourceMap) -> Diagnostic {
        var located = places.filter { Self.range($0.source, sources, map) != nil }
        if located.isEmpty {
            let notes = places.prefix(Self.mostNotes).map { Diagnostic.Note("at \($0.text)") }
            return Diagnostic(code: code, message: message, notes: Array(notes), hint: hint)
        }
        let inner = located.removeLast()
        let notes = located.reversed().prefix(Self.mostNotes).map { place in
            Diagnostic.Note("on the way from \(place.text)", range: Self.range(place.source, sources, map))
        }
        return Diagnostic(
            code: code, message: message, range: Self.range(inner.source, sources, map), notes: Array(notes), hint: hint)
    }

    /// The word at a place of a file; nil for flags.
    private static func range(_ place: TextPlace?, _ sources: ChartSources, _ map: SourceMap) -> SourceRange? {
        guard let place, let source = sources[place.file], !source.isFlag,
            let file = try? map.source(path: source.path, bytes: source.bytes)
        else { return nil }
        let start = min(max(0, Int(place.offset)), file.bytes.count)
        let ends = Set(" \t\n\r})|".utf8)
        let end = file.bytes[start...].firstIndex(where: ends.contains) ?? file.bytes.count
        return SourceRange(file: file, start: UInt32(start), end: UInt32(max(end, min(start + 1, file.bytes.count))))
    }
}
