package import Diagnostics
package import Documents
import Text

/// Turns files into Kubernetes objects: one for each document, one for each item of a `List`.
package struct ResourceReader: Sendable {
    package var limits: DocumentLimits
    /// The numbering of the run's sources; nil to give each its own.
    package var sources: SourceMap?
    /// Puts another object in the place of one that was read; nil to leave all as they are.
    package var change: (@Sendable (Resource) -> Resource)?
    /// Whether JSON that cannot be read and shows no sign of an object is skipped: settings of other tools.
    package var sparesForeignJSON = true
    /// Where the neighbours of the file are; nil for text in memory.
    private var folder: String?

    package init(limits: DocumentLimits = .standard, sources: SourceMap? = nil) {
        self.limits = limits
        self.sources = sources
    }

    /// What a file held.
    package struct Contents: Sendable {
        package var resources: [Resource] = []
        package var skipped: [SkippedDocument] = []
        /// Problems of the text; the documents that are not affected are among the resources all the same.
        package var diagnostics: [Diagnostic] = []
        /// For what a build made: the place it is applied to, where what other builds make is known too; nil when that is not
        /// known.
        package var destination: String?
        /// Whether a build made it that may be applied beside any other one, such as a chart, so that it sees what those make.
        package var isAddition = false

        package init() {}
    }

    /// Reads a file from disk or, for `-`, standard input.
    package func read(_ file: InputFile) -> Contents {
        var contents = readUnchanged(file)
        if let change { contents.resources = contents.resources.map(change) }
        return contents
    }

    private func readUnchanged(_ file: InputFile) -> Contents {
        do {
            let bytes =
                file.path == "-"
                ? try FileSystem.readStandardInput(name: file.shownPath) : try FileSystem.read(file.path)
            if Self.isHelmTemplate(file.path, bytes) {
                var contents = Contents()
                contents.skipped = [SkippedDocument(file: file.shownPath, reason: .helmTemplate)]
                return contents
            }
            var reader = self
            if file.path != "-" { reader.folder = FilePath.folder(of: file.path) }
            let contents = reader.read(bytes, path: file.shownPath)
            if sparesForeignJSON, Self.isForeignJSON(file, contents, bytes) {
                var spared = Contents()
                spared.skipped = [SkippedDocument(file: file.shownPath, reason: .invalidJSON)]
                return spared
            }
            return file.isHidden ? Self.sparing(contents, of: file, bytes) : contents
        } catch {
            var contents = Contents()
            contents.diagnostics = [Diagnostic(reading: error)]
            return contents
        }
    }

    /// Reads bytes as a source of the run's numbering.
    private func read(_ bytes: [UInt8], path: String) -> Contents {
        guard let sources else { return read(SourceFile(path: path, bytes: bytes)) }
        do { return read(try sources.source(path: path, bytes: bytes)) } catch {
            var contents = Contents()
            contents.diagnostics = [error.diagnostic]
            return contents
        }
    }

    /// Settings of tools hide behind a dot and need not even be YAML: without any object, such a file is skipped. One that
    /// cannot be read and may hold an object is not.
    private static func sparing(_ contents: Contents, of file: InputFile, _ bytes: [UInt8]) -> Contents {
        if !contents.resources.isEmpty || contents.skipped.contains(where: { $0.reason == .kustomization }) { return contents }
        if !contents.diagnostics.isEmpty, bytes.contains(text: "apiVersion") || bytes.contains(text: "\\") { return contents }
        var spared = Contents()
        spared.skipped = [SkippedDocument(file: file.shownPath, reason: .hiddenFile)]
        return spared
    }

    /// Whether it is a settings file of another tool, such as a `tsconfig.json`, which may have comments: no valid JSON, and
    /// without any sign of an object. Escapes and encodings of two bytes a character could hide one.
    private static func isForeignJSON(_ file: InputFile, _ contents: Contents, _ bytes: [UInt8]) -> Bool {
        guard !file.isHidden, file.path.hasSuffix(".json"), contents.resources.isEmpty,
            contents.diagnostics.contains(where: { $0.severity == .error }),
            contents.diagnostics.allSatisfy({ $0.severity != .error || $0.code.hasSuffix("_parse_error") }),
            !contents.skipped.contains(where: { $0.reason == .kustomization })
        else { return false }
        let signs = ["apiVersion", "\"kind\"", "'kind'", "kind:", "\\u", "\\x", "\\U"]
        return !bytes.contains(0) && !signs.contains { bytes.contains(text: $0) }
    }

    /// Reads text in memory.
    package func read(_ source: SourceFile) -> Contents {
        var contents = Contents()
        var reader = YAMLReader(limits: limits)
        reader.makesDoubles = true
        let stream = reader.read(source)
        contents.diagnostics = stream.diagnostics
        for document in stream.documents {
            add(document, path: source.path, index: document.index, itemPath: [], to: &contents)
        }
        if stream.documents.isEmpty, stream.diagnostics.isEmpty {
            contents.skipped.append(SkippedDocument(path: source.path, documentIndex: 0, line: 1, reason: .empty))
        }
        return contents
    }

    /// Classifies an object that was read elsewhere, such as the object of an admission request.
    package func read(_ document: Document, path: String) -> Contents {
        var contents = Contents()
        add(document, path: path, index: 0, itemPath: [], to: &contents)
        return contents
    }

    private func add(_ document: Document, path: String, index: Int, itemPath: [Int], to contents: inout Contents) {
        let root = document.root
        let apiVersion = root.field("apiVersion")
        let kind = root.field("kind")
        guard root.kind == .object, apiVersion.kind == .string, kind.kind == .string, apiVersion.count > 0,
            kind.count > 0
        else {
            let object =
                KustomizationFile(root, path: path, folder: folder)?.object(of: document)
                ?? GitOpsFile(root, path: path)?.object(holding: document, path: path, folder: folder)
            if let object { return add(object, path: path, index: index, itemPath: itemPath, to: &contents) }
            let reason: SkippedDocument.Reason =
                switch root.kind {
                case .null, .undefined: .empty
                case .object where KustomizationFile.isKustomization(root, path: path): .kustomization
                case .object: .notKubernetes
                default: .notObject
                }
            contents.skipped.append(skip(document, path: path, index: index, reason: reason))
            return
        }
        let type = GroupVersionKind(apiVersion: apiVersion.string, kind: kind.string)
        var document = document
        if type.group == KustomizationFile.group {
            guard let file = KustomizationFile(root, path: path, folder: folder) else {
                contents.skipped.append(skip(document, path: path, index: index, reason: .kustomization))
                return
            }
            document = file.object(of: document)
        }
        if type.apiVersion != apiVersion.string { document = Self.named(type, document) }
        if root.field("items").kind == .array {
            addItems(of: document, type: type, path: path, index: index, itemPath: itemPath, to: &contents)
            // kubectl and Argo CD take any object with items for a list; others apply it for what it says it is.
            if type.kind.hasSuffix("List") { return }
        }
        let metadata = root.field("metadata")
        contents.resources.append(
            Resource(
                document: document, type: type, namespace: Self.text(metadata.field("namespace")),
                name: Self.text(metadata.field("name")) ?? Self.text(metadata.field("generateName")).map { $0 + "*" }
                    ?? "",
                path: path, documentIndex: index, itemPath: itemPath))
    }

    private func addItems(
        of list: Document, type: GroupVersionKind, path: String, index: Int, itemPath: [Int],
        to contents: inout Contents
    ) {
        let items = list.root.field("items")
        for (number, item) in items.elements.enumerated() {
            let span = items.hasPositions ? items.valueSpan(at: number) : list.rootSpan
            let arena = Arena.make(capacity: 256)
            let value = type.kind == "List" ? item : Self.typed(item, as: type, span: span, in: arena)
            let document = Document(arena: arena, root: value, rootSpan: span, partOf: list)
            add(document, path: path, index: index, itemPath: itemPath + [number], to: &contents)
        }
    }

    /// An item of a typed list such as `PodList` may leave out what the list already says, or leave it empty.
    private static func typed(_ item: Value, as list: GroupVersionKind, span: ByteSpan, in arena: Arena) -> Value {
        guard item.kind == .object else { return item }
        let itemKind = list.kind.hasSuffix("List") ? String(list.kind.dropLast(4)) : list.kind
        let known: [(name: StaticString, text: String)] = [("apiVersion", list.apiVersion), ("kind", itemKind)]
        let missing = known.filter { name, _ in
            let value = item.field(name)
            return value.isUndefined || value.kind == .null || value.kind == .string && value.count == 0
        }
        if missing.isEmpty { return item }
        return with(missing, in: item, span: span, arena)
    }

    /// An object whose `apiVersion` is written as the API server writes it: `/v1` is `v1`.
    private static func named(_ type: GroupVersionKind, _ document: Document) -> Document {
        let arena = Arena.make(capacity: 256)
        let root = with([("apiVersion", type.apiVersion)], in: document.root, span: document.rootSpan, arena)
        return Document(arena: arena, root: root, rootSpan: document.rootSpan, partOf: document)
    }

    /// An object with some members set to texts; a member that is replaced keeps its place.
    private static func with(
        _ members: [(name: StaticString, text: String)], in object: Value, span: ByteSpan, _ arena: Arena
    ) -> Value {
        var entries = object.entries(madeAt: span)
        for (name, text) in members {
            let key = arena.string("\(name)"), value = arena.string(text)
            if let index = entries.firstIndex(where: { $0.key == key }) {
                entries[index].value = value
            } else {
                entries.append(PositionedEntry(key: key, value: value, keySpan: span, valueSpan: span))
            }
        }
        return arena.object(entries: entries)
    }

    private func skip(
        _ document: Document, path: String, index: Int, reason: SkippedDocument.Reason
    ) -> SkippedDocument {
        SkippedDocument(path: path, documentIndex: index, line: document.firstLine, reason: reason)
    }

    private static func text(_ value: Value) -> String? {
        value.kind == .string && value.count > 0 ? value.string : nil
    }

    /// Files of a chart's `templates` folder are programs that write YAML, not YAML.
    private static func isHelmTemplate(_ path: String, _ bytes: [UInt8]) -> Bool {
        guard hasBraces(bytes) else { return false }
        let parts = path.split(separator: "/")
        guard let templates = parts.dropLast().lastIndex(of: "templates") else { return false }
        let prefix = path.hasPrefix("/") ? "/" : ""
        let chart = prefix + (parts[..<templates] + ["Chart.yaml"]).joined(separator: "/")
        return (try? FileSystem.status(of: chart)) != nil
    }

    private static func hasBraces(_ bytes: [UInt8]) -> Bool {
        ByteSearch.first(Array("{{".utf8), in: bytes) != nil
    }
}
