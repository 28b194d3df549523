import Diagnostics
public import Documents

/// A Kubernetes object of the input.
public struct Resource: Sendable {
    /// The object as a document of its own: paths and places are relative to it, also for an item of a `List`.
    public let document: Document
    public let type: GroupVersionKind
    /// The namespace the manifest names; nil when it names none.
    public let namespace: String?
    /// `metadata.name`, or `metadata.generateName` followed by `*`; empty when there is neither.
    public let name: String
    /// The name of the file in reports.
    public let path: String
    /// Number of the YAML document in its file, from 0.
    public let documentIndex: Int
    /// Numbers of the items that lead to the object when `List` objects hold it.
    public let itemPath: [Int]

    /// The whole object.
    public var value: Value { document.root }

    /// Whether the manifest of another object says the same, byte for byte.
    func hasText(of other: Resource) -> Bool {
        guard let own = text, let others = other.text else { return false }
        return own == others
    }

    private var text: ArraySlice<UInt8>? {
        guard let source = document.source else { return nil }
        return source.bytes[Int(document.rootSpan.start)..<Int(document.rootSpan.end)]
    }

    /// What identifies the object to people: `Deployment shop/web`.
    public var title: String { ResourceReference(self).title }
}

/// The identity of a resource, without its contents.
public struct ResourceReference: Sendable, Hashable {
    public var type: GroupVersionKind
    public var namespace: String?
    public var name: String
    public var documentIndex: Int

    public init(_ resource: Resource) {
        type = resource.type
        namespace = resource.namespace
        name = resource.name
        documentIndex = resource.documentIndex
    }

    /// `Deployment shop/web`, or `ClusterRole reader` without a namespace.
    public var title: String {
        let name = name.isEmpty ? "(no name)" : name
        return "\(type.kind) \(namespace.map { $0 + "/" } ?? "")\(name)"
    }
}
