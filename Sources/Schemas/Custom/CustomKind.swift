import Diagnostics
package import Documents

/// A kind of custom resources in one version, as a CustomResourceDefinition describes it.
package struct CustomKind: Sendable {
    package let type: TypeReference
    package let plural: String
    package let isNamespaced: Bool
    /// Whether the API server answers requests for the version.
    package let isServed: Bool
    /// The shape; nil where the definition has no schema.
    package let shape: CustomShape?
    /// Whether fields that the schema does not list are kept everywhere (`preserveUnknownFields` of v1beta1).
    package let preservesUnknown: Bool
    /// Where the definition came from, for people.
    package let origin: String
    /// The document of the definition: values of the shape are part of it.
    private let document: Document?

    package init(
        type: TypeReference, plural: String, isNamespaced: Bool, isServed: Bool, shape: CustomShape?,
        preservesUnknown: Bool,
        origin: String, document: Document?
    ) {
        self.type = type
        self.plural = plural
        self.isNamespaced = isNamespaced
        self.isServed = isServed
        self.shape = shape
        self.preservesUnknown = preservesUnknown
        self.origin = origin
        self.document = document
    }

    /// The kinds of a CustomResourceDefinition, one a version; none for another object.
    package static func kinds(in document: Document) -> [CustomKind] {
        document.withRoot { root in
            guard root.field("kind").text == "CustomResourceDefinition",
                root.field("apiVersion").text.hasPrefix("apiextensions.k8s.io/")
            else { return [] }
            let spec = root.field("spec")
            let names = spec.field("names")
            let group = spec.field("group").text
            let kind = names.field("kind").text
            if group.isEmpty || kind.isEmpty { return [] }
            let isOld = root.field("apiVersion").text.hasSuffix("v1beta1")
            let preserves = spec.field("preserveUnknownFields")
            let common = spec.field("validation").field("openAPIV3Schema")
            var versions = Array(spec.field("versions").list)
            if versions.isEmpty, spec.field("version").kind == .string { versions = [root] }
            return versions.map { version in
                let own = version.field("schema").field("openAPIV3Schema")
                let schema = own.kind == .object ? own : common
                let name = version.isIdentical(to: root) ? spec.field("version").text : version.field("name").text
                return CustomKind(
                    type: TypeReference(group: group, version: name, kind: kind), plural: names.field("plural").text,
                    isNamespaced: spec.field("scope").text != "Cluster",
                    isServed: version.isIdentical(to: root) || !version.field("served").isFalse,
                    shape: schema.kind == .object ? CustomShape(schema) : nil,
                    preservesUnknown: isOld ? !preserves.isFalse : preserves.isTrue,
                    origin: document.source?.path ?? "", document: document)
            }
        }
    }
}

/// The kinds that definitions at hand describe.
package struct CustomKinds: Sendable {
    private var kinds: [TypeReference: CustomKind] = [:]
    /// Versions of each kind, by group and kind.
    private var versions: [String: [String]] = [:]

    package init() {}

    package var isEmpty: Bool { kinds.isEmpty }
    package var all: [CustomKind] {
        kinds.values.sorted {
            ($0.type.group, $0.type.kind, $0.type.version) < ($1.type.group, $1.type.kind, $1.type.version)
        }
    }

    /// Adds the kinds of a definition; one of a type that is known already takes its place.
    package mutating func add(_ document: Document) { for kind in CustomKind.kinds(in: document) { add(kind) } }

    package mutating func add(_ kind: CustomKind) {
        kinds[kind.type] = kind
        let key = "\(kind.type.group)/\(kind.type.kind)"
        if kind.isServed, versions[key]?.contains(kind.type.version) != true {
            versions[key, default: []].append(kind.type.version)
        }
    }

    package func kind(_ type: TypeReference) -> CustomKind? { kinds[type] }

    /// The versions of a kind that are served; nil where no definition describes it.
    func versions(of type: TypeReference) -> [String]? { versions["\(type.group)/\(type.kind)"] }
}
