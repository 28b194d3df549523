package import Diagnostics
package import Documents

/// A Kubernetes object of the input.
package struct Resource: Sendable {
    /// The object as a document of its own: paths and places are relative to it, also for an item of a `List`.
    package let document: Document
    /// What the object is and is called.
    package let reference: ResourceReference
    /// The name of the file in reports.
    package let path: String
    /// Numbers of the items that lead to the object when `List` objects hold it.
    package let itemPath: [Int]

    package init(
        document: Document, type: GroupVersionKind, namespace: String?, name: String, path: String, documentIndex: Int,
        itemPath: [Int]
    ) {
        self.document = document
        reference = ResourceReference(type: type, namespace: namespace, name: name, documentIndex: documentIndex)
        self.path = path
        self.itemPath = itemPath
    }

    package var type: GroupVersionKind { reference.type }
    /// The namespace the manifest names; nil when it names none.
    package var namespace: String? { reference.namespace }
    /// `metadata.name`, or `metadata.generateName` followed by `*`; empty when there is neither.
    package var name: String { reference.name }
    /// Number of the YAML document in its file, from 0.
    package var documentIndex: Int { reference.documentIndex }

    /// The whole object.
    package var value: Value { document.root }

    /// Whether the manifest of another object says the same, byte for byte.
    package func hasText(of other: Resource) -> Bool {
        guard let own = text, let others = other.text else { return false }
        return own == others
    }

    private var text: ArraySlice<UInt8>? {
        guard let range = document.range(document.rootSpan) else { return nil }
        return range.file.bytes[Int(range.start)..<Int(range.end)]
    }

    /// What identifies the object to people: `Deployment shop/web`.
    package var title: String { reference.title }
}

/// The identity of a resource, without its contents; a class, because a run may have a great many findings.
package final class ResourceReference: Sendable, Hashable {
    package let type: GroupVersionKind
    package let namespace: String?
    package let name: String
    package let documentIndex: Int

    package init(type: GroupVersionKind, namespace: String?, name: String, documentIndex: Int) {
        self.type = type
        self.namespace = namespace
        self.name = name
        self.documentIndex = documentIndex
    }

    /// `Deployment shop/web`, or `ClusterRole reader` without a namespace.
    package var title: String {
        var text = TextBuffer()
        writeTitle(to: &text)
        return text.string
    }

    /// Appends `title`.
    package func writeTitle(to text: inout TextBuffer) {
        text += type.kind
        text += " "
        if let namespace {
            text += namespace
            text += "/"
        }
        text += name.isEmpty ? "(no name)" : name
    }

    package static func == (left: ResourceReference, right: ResourceReference) -> Bool {
        left === right
            || left.type == right.type && left.namespace == right.namespace && left.name == right.name
                && left.documentIndex == right.documentIndex
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(namespace)
        hasher.combine(name)
        hasher.combine(documentIndex)
    }
}
