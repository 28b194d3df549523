import Diagnostics
package import Documents

/// What a program that applies a kustomization, such as Argo CD or Flux, changes in it before it is built, and in the
/// objects afterwards.
package struct Edits: Sendable {
    /// Fields of a kustomization, with the places where they are asked for. Lists are added to those of the kustomization
    /// (of images and replicas with equal names the new one wins), maps are merged, all else is replaced.
    package var fields: Document?
    /// Files and folders that make up the kustomization of a folder without one; nil where one is needed.
    package var resources: [String]?
    /// Whether a kustomization file in the folder is not looked at.
    package var isAlone = false
    /// Labels and annotations that all objects get when they are built, in the form `{labels: …, annotations: …}`.
    package var metadata: Document?
    /// Replaces variables in the objects that are built.
    package var substitution: Substitution?

    package init() {}

    /// The kustomization of a folder that has none; nil when one is needed.
    func madeKustomization(_ context: BuildContext) throws(BuildError) -> Node? {
        guard let resources else { return nil }
        let list = Node(.sequence, tag: .sequence, content: resources.map { Node.string($0) })
        let root = Node(
            .mapping, tag: .map,
            content: [
                .scalar("apiVersion"), .string("kustomize.config.k8s.io/v1beta1"), .scalar("kind"), .string("Kustomization"),
                .scalar("resources"), list,
            ])
        try apply(to: root, context)
        return root
    }

    /// Changes the text of a kustomization.
    func apply(to root: Node, _ context: BuildContext) throws(BuildError) {
        guard let fields, root.kind == .mapping else { return }
        let edits = DocumentTree(fields, context.sources).root()
        for (key, value) in edits.entries {
            guard let old = root.field(key.text), !old.isNull, old.kind == value.kind else {
                root.clear(key.text)
                root.content += [key, value]
                continue
            }
            switch value.kind {
            case .scalar: root.set(key.text, value)
            case .mapping: for (name, entry) in value.entries { old.set(name.text, entry, keyOrigin: name.origin) }
            case .sequence: Self.add(value.content, to: old, isNamed: key.text == "images" || key.text == "replicas")
            }
        }
    }

    private static func add(_ items: [Node], to list: Node, isNamed: Bool) {
        if isNamed {
            let names = Set(items.compactMap { $0.kind == .mapping ? $0.field("name")?.text : nil })
            list.content.removeAll { $0.kind == .mapping && names.contains($0.field("name")?.text ?? "") }
        }
        list.content += items
    }

    /// Changes the objects that were built.
    func finish(_ list: ResourceList, _ context: BuildContext) throws(BuildError) {
        if let metadata {
            let root = DocumentTree(metadata, context.sources).root()
            for (name, cause) in [("labels", Origin.Cause.label), ("annotations", .annotation)] {
                guard let entries = root.field(name)?.entries, !entries.isEmpty else { continue }
                try MapEntries.transformer(entries, [FieldSpec("metadata/\(name)", creates: true)], cause: cause)(list)
            }
        }
        if let substitution { try substitution.apply(to: list, context) }
    }
}

/// The nodes of a document as a tree whose origins are the places of the document.
final class DocumentTree {
    private let document: Document
    private let sources: BuildSources
    private var numbers: [ObjectIdentifier: UInt32] = [:]

    init(_ document: Document, _ sources: BuildSources) {
        self.document = document
        self.sources = sources
    }

    func root() -> Node { document.withRoot { node($0, document.rootSpan) } }

    /// The origin of a place in the document.
    func origin(_ span: ByteSpan) -> Origin {
        guard let range = document.range(span) else { return .none }
        let id = ObjectIdentifier(range.file)
        let number = numbers[id] ?? sources.number(of: range.file)
        numbers[id] = number
        return Origin(file: number, start: range.start, end: range.end)
    }

    private func node(_ value: Value, _ span: ByteSpan) -> Node {
        let place = origin(span)
        switch value.kind {
        case .object:
            var content: [Node] = []
            for entry in value.entries(madeAt: span) {
                content.append(
                    .scalar(entry.key.stringValue ?? JSONWriter.string(entry.key), tag: .string, origin: origin(entry.keySpan)))
                content.append(node(entry.value, entry.valueSpan))
            }
            return Node(.mapping, tag: .map, content: content, origin: place)
        case .array, .set:
            let items = value.items(madeAt: span).map { node($0.value, $0.span) }
            return Node(.sequence, tag: .sequence, content: items, origin: place)
        case .string: return Node(.scalar, tag: .string, style: style(place), text: value.string, origin: place)
        case .null, .undefined, .node: return Node(.scalar, tag: .null, text: "null", origin: place)
        case .bool: return .scalar(value.isTrue ? "true" : "false", tag: .bool, origin: place)
        case .int: return .scalar(JSONWriter.string(value), tag: .int, origin: place)
        case .decimal: return .scalar(JSONWriter.string(value), tag: .float, origin: place)
        }
    }

    /// How the text at a place is written, for a string.
    private func style(_ place: Origin) -> Node.Style {
        guard let source = sources[place.file], Int(place.start) < source.bytes.count else { return .quoted }
        switch source.bytes[Int(place.start)] {
        case UInt8(ascii: "|"): return .literal
        case UInt8(ascii: ">"): return .folded
        case UInt8(ascii: "'"): return .single
        default: return .quoted
        }
    }
}
