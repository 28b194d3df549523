import Diagnostics
import Documents
import GoTemplate

extension ChartRelease {
    /// The text that `helm template` prints, with the place of its text behind each value that ends its line.
    package func commentedText() -> [UInt8] {
        manifests.reduce(into: []) { text, manifest in
            text += "---\n# Source: \(manifest.source)\n".utf8
            text += commented(manifest)
            if text.last != 0x0A { text.append(0x0A) }
        }
    }

    private func commented(_ manifest: RenderedManifest) -> [UInt8] {
        guard let trace = manifest.trace,
            let document = try? YAMLReader.document(SourceFile(path: "", bytes: manifest.bytes))
        else { return manifest.bytes }
        var comments: [(end: Int, text: String)] = []
        document.withRoot { collect($0, document.rootSpan, manifest, trace, &comments) }
        var output: [UInt8] = []
        var position = 0
        for (end, text) in comments.sorted(by: { $0.end < $1.end }) where end >= position {
            output += manifest.bytes[position..<end]
            output += "  # \(text)".utf8
            position = end
        }
        return output + manifest.bytes[position...]
    }

    private func collect(
        _ value: Value, _ span: ByteSpan, _ manifest: RenderedManifest, _ trace: Trace,
        _ comments: inout [(end: Int, text: String)]
    ) {
        guard value.isCollection, value.count > 0 else {
            let bytes = manifest.bytes
            let end = min(Int(span.end), bytes.count)
            let isLineEnd = end == bytes.count || bytes[end] == 0x0A
            guard isLineEnd, Int(span.start) < end, !bytes[Int(span.start)..<end].contains(0x0A) else { return }
            let segments = NodeSegments.of(span, bytes, trace)
            guard let segment = segments.first(where: \.isValue) ?? segments.first,
                let source = sources[segment.place.file]
            else { return }
            comments.append((end, source.isFlag ? source.path : "\(source.path):\(sources.line(segment.place))"))
            return
        }
        for index in 0..<value.count {
            let inner = value.kind == .object ? value.values[index] : value.elements[index]
            collect(inner, value.valueSpan(at: index), manifest, trace, &comments)
        }
    }

    /// The object as JSON; nil when its text is not YAML.
    package func json(_ manifest: RenderedManifest) -> String? {
        guard let value = try? YAMLForm.value(manifest.bytes) else { return nil }
        return try? JSONForm.text(value, escapesHTML: false)
    }
}
