import Documents
import Inputs
import Text

extension Resource {
    /// The object as a cluster stores it: the texts of a Secret among its data.
    var stored: Resource {
        let texts = value.field("stringData")
        guard type.kind == "Secret", type.group.isEmpty, texts.kind == .object, value.kind == .object else { return self }
        let arena = Arena.make(capacity: 1024), data = value.field("data")
        var members = data.kind == .object ? data.entries(madeAt: document.rootSpan) : []
        for text in texts.entries(madeAt: document.rootSpan) where text.value.kind == .string {
            var entry = text
            entry.value = arena.string(Base64.encode(Array(text.value.utf8)))
            // The later one wins.
            members.append(entry)
        }
        var entries = value.entries(madeAt: document.rootSpan)
        let place = document.place(at: DocumentPath([.key("stringData")])).span
        entries.removeAll { ["data", "stringData"].contains($0.key.stringValue) }
        entries.append(
            PositionedEntry(
                key: arena.string("data"), value: arena.object(entries: members), keySpan: place, valueSpan: place))
        let made = Document(
            arena: arena, root: arena.object(entries: entries), rootSpan: document.rootSpan, index: document.index,
            partOf: document)
        return Resource(
            document: made, type: type, namespace: namespace, name: name, path: path, documentIndex: documentIndex,
            itemPath: itemPath)
    }
}
