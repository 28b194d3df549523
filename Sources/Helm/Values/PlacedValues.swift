import Diagnostics
package import Documents
package import GoTemplate
import Text

/// Values that stand in other documents than values files, such as an Argo CD Application, with their places.
package struct PlacedValues {
    private let sources: ChartSources

    /// - Parameter sources: takes the files of the values.
    package init(_ sources: ChartSources) { self.sources = sources }

    /// The values of a mapping in a document; nil when it is none.
    ///
    /// - Parameter span: where the mapping stands, in the numbering of the document.
    package func map(_ value: Value, at span: ByteSpan, in document: Document) -> GoMap? {
        make(value, span) { self.place($0, document) }.asMap
    }

    /// The values of YAML text that is a string of a document; places are those in the document where the string is a
    /// literal block, else that of the whole string.
    /// - Throws: `HelmProblem` when the text is no mapping in YAML.
    package func map(text value: Value, at span: ByteSpan, in document: Document) throws -> GoMap {
        guard let text = value.stringValue else { return GoMap() }
        let outer = document.range(span)
        let bytes = Array(text.utf8)
        let lines = outer.map { BlockLines(bytes, in: $0.file.bytes, from: Int($0.start)) }
        let file = outer.flatMap { sources.number(of: $0.file.path, $0.file.bytes) }
        let inner: Document
        do { inner = try YAMLReader.document(SourceFile(path: outer?.file.path ?? "", bytes: bytes)) } catch {
            throw HelmProblem("failed to parse values: \(error.message)", hint: "the values are one YAML mapping")
        }
        let made = inner.withRoot { root in
            make(root, inner.rootSpan) { place in
                guard let file else { return nil }
                let offset = lines?.place(place.start) ?? outer?.start ?? 0
                return TextPlace(file: file, offset: Int32(clamping: offset))
            }
        }
        if made.isNil { return GoMap() }
        guard let map = made.asMap else { throw HelmProblem("the values are no mapping") }
        return map
    }

    /// Sets a value as the flags `--set` and `--set-string` do.
    /// - Throws: `HelmProblem`.
    package func set(_ text: String, in map: GoMap, isText: Bool, at span: ByteSpan, of document: Document) throws {
        try SetParser.parse(text, into: map, isText ? .string : .typed, place: place(span, document))
    }

    /// The values of a file.
    /// - Throws: `HelmProblem`.
    package func map(file path: String, shown: String) throws -> GoMap {
        try map(text: try ChartFolder.read(path), shown: shown)
    }

    /// The values of a file whose bytes are known.
    /// - Throws: `HelmProblem`.
    package func map(text bytes: [UInt8], shown: String) throws -> GoMap {
        let file = ChartFile(name: shown, bytes: ChartFolder.trimmed(bytes), path: shown)
        return try ValuesFile.read(file, sources) { "failed to parse \(shown): \($0)" }
    }

    private func place(_ span: ByteSpan, _ document: Document) -> TextPlace? {
        guard let range = document.range(span), let file = sources.number(of: range.file.path, range.file.bytes) else {
            return nil
        }
        return TextPlace(file: file, offset: Int32(clamping: range.start))
    }

    private func make(_ value: Value, _ span: ByteSpan, _ place: (ByteSpan) -> TextPlace?) -> GoValue {
        var made = GoValue(value.isCollection ? .null : value)
        switch value.kind {
        case .array, .set: made = .list(value.items(madeAt: span).map { make($0.value, $0.span, place) })
        case .object:
            made = .map(
                GoMap(
                    value.entries(madeAt: span).map { entry in
                        // A collection is where its key is; what is in it has places of its own.
                        let isCollection = entry.value.isCollection
                        var member = make(entry.value, entry.valueSpan, place)
                        if isCollection, let key = place(entry.keySpan) { member.trace = Trace(value: key) }
                        return (entry.key.stringValue ?? JSONWriter.string(entry.key), member)
                    }))
        default: break
        }
        if let place = place(span) { made.trace = Trace(value: place) }
        return made
    }
}

extension GoMap {
    /// Members of this map and of one that wins over it; maps are merged.
    package func merged(with top: GoMap) -> GoMap { MapFunctions.merged(self, top) }

    /// A copy that shares no map with this one.
    package func deepCopy() -> GoMap { MapFunctions.deepCopy(self) }
}
