package import Documents
package import Inputs

/// What a match looks at: an object of a review with its namespace.
package struct MatchCandidate: Sendable {
    /// Where an object comes from: it was sent, or an ExpansionTemplate made it of another.
    package enum Origin: String, Sendable { case original = "Original", generated = "Generated" }

    package let type: GroupKind
    package let name: String
    /// The start of the name that the server makes; empty when the object has a name.
    package let generateName: String
    package let labels: Value
    /// The namespace of the object; empty when it names none.
    package let namespace: String
    /// The Namespace itself; undefined when it is not known.
    package let namespaceObject: Value
    package let origin: Origin
    /// Whether the kind lives in namespaces although the object names none, as in manifests that are yet to be applied.
    package let isNamespacedKind: Bool

    /// - Parameter namespaceObject: the Namespace with a name, among what is known.
    package init(
        _ object: Value, type: GroupKind, origin: Origin = .original, isNamespacedKind: Bool = false,
        requestNamespace: String = "", namespaceObject: (String) -> Value
    ) {
        let metadata = object.field("metadata")
        self.type = type
        name = metadata.field("name").stringValue ?? ""
        generateName = name.isEmpty ? metadata.field("generateName").stringValue ?? "" : ""
        labels = metadata.field("labels")
        let own = metadata.field("namespace").stringValue ?? ""
        namespace = own.isEmpty ? requestNamespace : own
        self.namespaceObject = namespace.isEmpty ? .undefined : namespaceObject(namespace)
        self.origin = origin
        self.isNamespacedKind = isNamespacedKind
    }

    package var isNamespace: Bool { type.kind == "Namespace" && type.group.isEmpty }

    /// The name of the namespace that lists of namespaces are about; nil for what is in none.
    var place: String? {
        if isNamespace { return name }
        return namespace.isEmpty ? nil : namespace
    }
}
