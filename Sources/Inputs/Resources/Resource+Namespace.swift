import Documents

extension Resource {
    /// The object as it is once it is applied: in the namespace `default` when its manifest names none and the kind is known
    /// to live in namespaces. What the manifest says keeps its places.
    package var withNamespace: Resource {
        guard namespace == nil, ClusterScope.isKnownNamespaced(type.groupKind), value.kind == .object else { return self }
        let arena = Arena.make(capacity: 512)
        let place = document.place(at: DocumentPath([.key("metadata")]))
        let text = arena.string("default")
        func entry(_ key: String, _ value: Value) -> PositionedEntry {
            PositionedEntry(key: arena.string(key), value: value, keySpan: place.span, valueSpan: place.span)
        }
        let metadata = value.field("metadata")
        var members = metadata.kind == .object ? metadata.entries(madeAt: place.span) : []
        members.removeAll { $0.key.stringValue == "namespace" }
        members.append(entry("namespace", text))
        let filled = arena.object(entries: members)
        var entries = value.entries(madeAt: document.rootSpan)
        if let index = entries.firstIndex(where: { $0.key.stringValue == "metadata" }) {
            entries[index].value = filled
        } else {
            entries.append(entry("metadata", filled))
        }
        let made = Document(
            arena: arena, root: arena.object(entries: entries), rootSpan: document.rootSpan, index: document.index,
            partOf: document)
        return Resource(
            document: made, type: type, namespace: "default", name: name, path: path, documentIndex: documentIndex,
            itemPath: itemPath)
    }
}
