package import Diagnostics
package import Documents
import GoTemplate

/// Makes documents of rendered objects whose nodes stand in the files that they come from.
struct PlacedDocuments {
    /// The files of a run, by number, as sources of one map; nil for those that are no files.
    private let files: [SourceFile]
    private let release: ChartRelease

    init(_ release: ChartRelease, map: SourceMap) throws(SourceMap.Exhausted) {
        self.release = release
        var files: [SourceFile] = []
        for source in release.sources.sources { files.append(try map.source(path: source.path, bytes: source.bytes)) }
        self.files = files
    }

    /// The document of an object; nil when its text is not YAML.
    func document(_ manifest: RenderedManifest, index: Int, note: String) -> Document? {
        let source = SourceFile(path: manifest.source, bytes: manifest.bytes)
        guard let rendered = try? YAMLReader.document(source), let trace = manifest.trace else { return nil }
        let arena = Arena.make()
        let note = Diagnostic.Note("as rendered from \(manifest.source)\(note)")
        let (root, span) = rendered.withRoot { root -> (Value, ByteSpan) in
            let span = place(rendered.rootSpan, manifest, trace, isCollection: root.isCollection)
            return (copy(root, to: arena, span, manifest, trace), span)
        }
        return Document(arena: arena, root: root, rootSpan: span, parts: [], texts: files, index: index, origin: [note])
    }

    private func copy(_ value: Value, to arena: Arena, _ span: ByteSpan, _ manifest: RenderedManifest, _ trace: Trace) -> Value {
        switch value.kind {
        case .array:
            let items = (0..<value.count).map { index -> PositionedItem in
                let item = value.elements[index]
                let span = place(value.valueSpan(at: index), manifest, trace, isCollection: item.isCollection)
                return PositionedItem(value: copy(item, to: arena, span, manifest, trace), span: span)
            }
            return arena.array(items: items)
        case .object:
            let entries = (0..<value.count).map { index -> PositionedEntry in
                let member = value.values[index]
                let span = place(value.valueSpan(at: index), manifest, trace, isCollection: member.isCollection)
                return PositionedEntry(
                    key: arena.copy(value.keys[index]), value: copy(member, to: arena, span, manifest, trace),
                    keySpan: place(value.keySpan(at: index), manifest, trace, isCollection: false), valueSpan: span)
            }
            return arena.object(entries: entries)
        default: return arena.copy(value)
        }
    }

    /// The place of a node in the numbering of the map.
    private func place(_ span: ByteSpan, _ manifest: RenderedManifest, _ trace: Trace, isCollection: Bool) -> ByteSpan {
        let segments =
            isCollection
            ? trace.slice(Int(span.start)..<Int(span.start) + 1) : NodeSegments.of(span, manifest.bytes, trace)
        guard let segment = segments.first(where: \.isValue) ?? segments.first,
            files.indices.contains(Int(segment.place.file))
        else { return .nowhere }
        let file = files[Int(segment.place.file)]
        let start = min(Int(segment.place.offset), file.bytes.count)
        let text = manifest.bytes[Int(span.start)..<min(Int(span.end), manifest.bytes.count)]
        var end = start
        if !isCollection, file.bytes[start...].starts(with: text) {
            end = start + text.count
        } else {
            while end < file.bytes.count, file.bytes[end] != 0x0A { end += 1 }
        }
        return ByteSpan(start: file.base + UInt32(start), end: file.base + UInt32(end))
    }
}

extension ChartRelease {
    /// The objects, hooks among them, as documents whose nodes stand in templates, values files and flags.
    /// - Throws: `SourceMap.Exhausted` when the files do not fit the map.
    package func documents(in map: SourceMap) throws(SourceMap.Exhausted) -> [Document] {
        try placedObjects(in: map).map(\.document)
    }

    /// The objects with their documents; `note` is added to what each document says of its origin.
    /// - Throws: `SourceMap.Exhausted` when the files do not fit the map.
    package func placedObjects(
        in map: SourceMap, note: String = ""
    ) throws(SourceMap.Exhausted) -> [(manifest: RenderedManifest, document: Document)] {
        let placed = try PlacedDocuments(self, map: map)
        return manifests.enumerated().compactMap { index, manifest in
            placed.document(manifest, index: index, note: note).map { (manifest, $0) }
        }
    }
}
