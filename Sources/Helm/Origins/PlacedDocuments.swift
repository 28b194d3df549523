package import Diagnostics
package import Documents
import GoTemplate

/// Makes documents of rendered objects whose nodes stand in the files that they come from.
struct PlacedDocuments {
    /// The files of a run, by number, as sources of one map; nil for those that are no files.
    private let files: [SourceFile]
    private let release: ChartRelease
    /// Further steps by which objects came to be.
    private let further: [Diagnostic.Note]

    init(_ release: ChartRelease, map: SourceMap, further: [Diagnostic.Note]) throws(SourceMap.Exhausted) {
        self.release = release
        self.further = further
        var files: [SourceFile] = []
        for source in release.sources.sources { files.append(try map.source(path: source.path, bytes: source.bytes)) }
        self.files = files
    }

    /// The document of an object; nil when its text is not YAML.
    func document(_ manifest: RenderedManifest, index: Int, note: String) -> Document? {
        let source = SourceFile(path: manifest.source, bytes: manifest.bytes)
        guard let rendered = try? YAMLReader.document(source), let trace = manifest.trace else { return nil }
        let arena = Arena.make()
        let template = release.templateRange(manifest, files)
        let notes = [Diagnostic.Note("as rendered from \(manifest.source)\(note)", range: template)] + further
        let (root, span) = rendered.withRoot { root -> (Value, ByteSpan) in
            let span = place(rendered.rootSpan, manifest, trace, isCollection: root.isCollection)
            return (copy(root, to: arena, span, manifest, trace), span)
        }
        return Document(arena: arena, root: root, rootSpan: span, parts: [], texts: files, index: index, origin: notes)
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
        let text = isCollection ? [] : manifest.bytes[Int(span.start)..<min(Int(span.end), manifest.bytes.count)]
        guard let (number, range) = PlacedText.place(segments, text, files) else { return .nowhere }
        let file = files[number]
        return ByteSpan(start: file.base + UInt32(range.lowerBound), end: file.base + UInt32(range.upperBound))
    }
}

/// Finds where rendered text stands in the files it comes from.
enum PlacedText {
    /// The number of a file and the range in it for pieces that make up `text`; the rest of the line where the text does
    /// not stand in the file as it is.
    static func place(
        _ segments: [TraceSegment], _ text: ArraySlice<UInt8>, _ files: [SourceFile]
    ) -> (file: Int, range: Range<Int>)? {
        guard let segment = segments.first(where: \.isValue) ?? segments.first,
            files.indices.contains(Int(segment.place.file))
        else { return nil }
        let file = files[Int(segment.place.file)]
        let start = min(max(0, Int(segment.place.offset)), file.bytes.count)
        var end = start
        if !text.isEmpty, file.bytes[start...].starts(with: text) {
            end = start + text.count
        } else {
            while end < file.bytes.count, file.bytes[end] != 0x0A { end += 1 }
        }
        return (Int(segment.place.file), start..<end)
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
        in map: SourceMap, note: String = "", further: [Diagnostic.Note] = []
    ) throws(SourceMap.Exhausted) -> [(manifest: RenderedManifest, document: Document)] {
        let placed = try PlacedDocuments(self, map: map, further: further)
        return manifests.enumerated().compactMap { index, manifest in
            placed.document(manifest, index: index, note: note).map { (manifest, $0) }
        }
    }

    /// The beginning of the template that made an object; nil when its text was not kept.
    fileprivate func templateRange(_ manifest: RenderedManifest, _ files: [SourceFile]) -> SourceRange? {
        guard let slash = manifest.source.firstIndex(of: "/") else { return nil }
        let name = manifest.source[slash...]
        let found = files.filter { $0.path.hasSuffix(name) }.min { $0.path.utf8.count < $1.path.utf8.count }
        return found.map { SourceRange(file: $0, start: 0, end: 0) }
    }

    /// The text that `helm template` prints, with the files that it comes from and how to find the place of a range of it.
    /// - Throws: `SourceMap.Exhausted` when the files do not fit the map.
    package func placedText(
        in map: SourceMap, hooks showsHooks: Bool, skipsTests: Bool
    ) throws(SourceMap.Exhausted) -> (
        bytes: [UInt8], files: [SourceFile], place: (Range<Int>) -> (file: Int, range: Range<Int>)?
    ) {
        var files: [SourceFile] = []
        for source in sources.sources { files.append(try map.source(path: source.path, bytes: source.bytes)) }
        let shown = objects + (showsHooks ? hooks.filter { !(skipsTests && $0.isTest) } : [])
        let bytes = text(hooks: showsHooks, skipsTests: skipsTests)
        var starts: [Int] = []
        var position = 0
        for manifest in shown {
            // What stands before a manifest is a line with its template; manifests come in this order.
            let start = StringFunctions.find(manifest.bytes, in: bytes, from: position) ?? bytes.count
            starts.append(start)
            position = min(start + manifest.bytes.count, bytes.count)
        }
        let all = files
        return (
            bytes, files,
            { range in
                guard let index = starts.lastIndex(where: { $0 <= range.lowerBound }), let trace = shown[index].trace else {
                    return nil
                }
                let local = shown[index].bytes
                let start = range.lowerBound - starts[index], end = min(range.upperBound - starts[index], local.count)
                guard start < end else { return nil }
                let span = ByteSpan(start: UInt32(start), end: UInt32(end))
                return PlacedText.place(NodeSegments.of(span, local, trace), local[start..<end], all)
            }
        )
    }
}
