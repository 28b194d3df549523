package import Diagnostics
package import Documents
import Synchronization

/// A kind of custom resources in one version, as a CustomResourceDefinition describes it.
package struct CustomKind: Sendable {
    package let type: TypeReference
    package let plural: String
    package let isNamespaced: Bool
    /// Whether the API server answers requests for the version.
    package let isServed: Bool
    /// The shape; nil where the definition has no schema.
    package var shape: CustomShape? { late?.shape }
    /// Whether fields that the schema does not list are kept everywhere (`preserveUnknownFields` of v1beta1).
    package let preservesUnknown: Bool
    /// Where the definition came from, for people.
    package let origin: String
    /// The document of the definition: values of the shape are part of it.
    package let document: Document
    private let late: LateShape?

    /// - Parameters:
    ///   - schema: the structural schema, a value of the document; nil where there is none.
    ///   - document: is kept.
    init(
        type: TypeReference, plural: String, isNamespaced: Bool, isServed: Bool, schema: Value?, preservesUnknown: Bool,
        origin: String, document: Document
    ) {
        self.type = type
        self.plural = plural
        self.isNamespaced = isNamespaced
        self.isServed = isServed
        late = schema.map { LateShape($0) }
        self.preservesUnknown = preservesUnknown
        self.origin = origin
        self.document = document
    }

    /// Whether objects are judged alike by another definition of the kind.
    func judges(as other: CustomKind) -> Bool {
        type == other.type && isServed == other.isServed && isNamespaced == other.isNamespaced
            && preservesUnknown == other.preservesUnknown
            && SchemaLikeness.isAlike(late?.schema ?? .null, other.late?.schema ?? .null)
    }

    /// Where the definition stands.
    package var place: SourceRange? {
        document.range(document.place(at: DocumentPath([.key("metadata"), .key("name")])).span)
    }

    /// Says that a kind is defined twice, with other content.
    /// - Parameter earlier: the definition that does not count.
    func redefinition(of earlier: CustomKind) -> Diagnostic {
        Diagnostic(
            code: "schema_twice", severity: .warning,
            message: "\(type.kind) of \(type.group) is defined twice, with other content; this definition counts",
            range: place, notes: [Diagnostic.Note("the definition that does not count", range: earlier.place)],
            hint: "keep one of them")
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
                    schema: schema.kind == .object ? schema : nil,
                    preservesUnknown: isOld ? !preserves.isFalse : preserves.isTrue,
                    origin: document.source?.path ?? "", document: document)
            }
        }
    }
}

/// The shape of a kind, made when an object of the kind is looked at: most definitions of a folder describe kinds that do not
/// occur in a run.
private final class LateShape: Sendable {
    let schema: Value
    private let made = Mutex<CustomShape?>(nil)

    /// - Parameter schema: its document outlives this.
    init(_ schema: Value) { self.schema = schema }

    var shape: CustomShape {
        made.withLock { made in
            if let made { return made }
            let shape = CustomShape(schema)
            made = shape
            return shape
        }
    }
}

/// The kinds that definitions at hand describe.
package struct CustomKinds: Sendable {
    private var kinds: [TypeReference: CustomKind] = [:]
    /// Versions of each kind, by group and kind.
    private var versions: [String: [String]] = [:]
    /// What the last definition of each kind describes, by group and kind.
    private var defined: [String: [CustomKind]] = [:]

    package init() {}

    package var isEmpty: Bool { kinds.isEmpty }
    package var all: [CustomKind] {
        kinds.values.sorted {
            ($0.type.group, $0.type.kind, $0.type.version) < ($1.type.group, $1.type.kind, $1.type.version)
        }
    }

    /// Adds the kinds of a definition; one of a type that is known already takes its place.
    /// - Returns: what is to be said of a kind that was defined before, with other content.
    @discardableResult
    package mutating func add(_ document: Document) -> Diagnostic? {
        let added = CustomKind.kinds(in: document)
        for kind in added { add(kind) }
        guard let first = added.first else { return nil }
        let earlier = defined.updateValue(added, forKey: Self.key(first.type))
        guard let earlier, let other = earlier.first else { return nil }
        let isEqual = earlier.count == added.count && zip(added, earlier).allSatisfy { $0.judges(as: $1) }
        return isEqual ? nil : first.redefinition(of: other)
    }

    package mutating func add(_ kind: CustomKind) {
        kinds[kind.type] = kind
        let key = Self.key(kind.type)
        if kind.isServed, versions[key]?.contains(kind.type.version) != true {
            versions[key, default: []].append(kind.type.version)
        }
    }

    private static func key(_ type: TypeReference) -> String { "\(type.group)/\(type.kind)" }

    package func kind(_ type: TypeReference) -> CustomKind? { kinds[type] }

    /// The versions of a kind that are served; nil where no definition describes it.
    func versions(of type: TypeReference) -> [String]? { versions[Self.key(type)] }
}
