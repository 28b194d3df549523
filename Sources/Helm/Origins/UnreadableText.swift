import GoTemplate

extension HelmProblem {
    /// A file of the chart, or a values file, that is not the YAML it must be.
    ///
    /// - Parameter part: the document in it that is meant.
    static func unreadable(
        _ file: ChartFile, part: Range<Int>, _ sources: ChartSources, _ message: String
    ) -> HelmProblem {
        let bytes = Array(file.bytes[part])
        guard let offset = YAMLForm.placeOfProblem(in: bytes) ?? bytes.firstIndex(where: { $0 > 0x20 }) else {
            return HelmProblem(message)
        }
        let source = sources.number(file).map { TextPlace(file: $0, offset: Int32(clamping: part.lowerBound + offset)) }
        let line = file.bytes[..<(part.lowerBound + offset)].count { $0 == 0x0A } + 1
        let place = Place(path: file.path, line: line, column: nil, source: source)
        var problem = HelmProblem(
            message, places: [place], hint: "correct this line; the chart is rendered only when the file is read")
        problem.isBroken = true
        return problem
    }

    /// Rendered text that is not YAML: at the template line, or the value, that wrote the text.
    static func notYAML(_ manifest: RenderedManifest, _ message: String) -> HelmProblem {
        let bytes = manifest.bytes
        guard let offset = YAMLForm.placeOfProblem(in: bytes).map({ min($0, bytes.count - 1) }), offset >= 0 else {
            return HelmProblem(message)
        }
        let start = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let end = bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count
        let text = template(start..<max(start, end), manifest)
        var problem = HelmProblem(message, hint: text.map { "the text that was rendered there is `\($0)`" })
        let segments = manifest.trace?.slice(offset..<offset + 1) ?? []
        // What a value does to the text around it is mended where it is written into the template.
        guard let place = segments.first.map({ $0.via ?? $0.place }) else { return problem }
        let line = bytes[..<offset].count { $0 == 0x0A } + 1
        problem.places = [Place(path: manifest.source, line: line, column: nil, source: place)]
        return problem
    }

    /// Rendered text with marks in place of values, which may be secret; nil when its origin is not known.
    private static func template(_ range: Range<Int>, _ manifest: RenderedManifest) -> String? {
        guard let segments = manifest.trace?.slice(range), !segments.isEmpty else { return nil }
        let bytes = Array(manifest.bytes[range].prefix(160))
        var text = ""
        for (index, segment) in segments.enumerated() where segment.start < bytes.count {
            let end = index + 1 < segments.count ? min(segments[index + 1].start, bytes.count) : bytes.count
            if segment.start >= end { continue }
            text += segment.isVerbatim && !segment.isValue ? String(decoding: bytes[segment.start..<end], as: UTF8.self) : "•••"
        }
        return StringFunctions.trimmed(text)
    }
}
