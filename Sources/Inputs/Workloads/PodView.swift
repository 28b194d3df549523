package import Documents

/// One Pod template of an object whose kind is not Kubernetes' own, as policies see it: the object with one more member,
/// `lintelPodTemplate`, which holds `metadata` and `spec`.
package struct PodView: Sendable {
    /// The member of `input`; policies read it through `data.lintel.lib.resource`.
    package static let member = "lintelPodTemplate"

    /// The input for policies.
    package let document: Document
    /// Where the template stands in the object.
    package let path: DocumentPath
    /// Found by its shape, in a kind of which nothing is known.
    package let isGuess: Bool
    /// An operator fills in the rest, so only what is written can be judged.
    package let isPartial: Bool
    package let life: WorkloadKind.Life

    /// What nodes made for the view stand for: paths below `member` and the places of the object.
    private let places: [(made: [DocumentPath.Step], real: [DocumentPath.Step])]

    init(of resource: Document, pod: PodTemplate, life: WorkloadKind.Life, isGuess: Bool, isPartial: Bool) {
        let arena = Arena.make(capacity: 1024)
        let root = resource.root
        var entries = root.keys.indices.filter { root.keys[$0].stringValue != Self.member }.map {
            ObjectEntry(key: root.keys[$0], value: root.values[$0])
        }
        entries.append(ObjectEntry(key: arena.string(Self.member), value: pod.value(in: arena)))
        document = Document(arena: arena, root: arena.object(entries), owner: resource)
        path = DocumentPath(pod.path)
        places = [([], pod.path)] + pod.places
        self.life = life
        self.isGuess = isGuess
        self.isPartial = isPartial
    }

    /// What a finding says beside its message; empty where the kind is known.
    package var remark: String { isGuess ? " (taken for a Pod by its shape: \(path.fieldPath))" : "" }

    /// The place in the object of a node of the view.
    package func path(of node: Value) -> DocumentPath? {
        guard var steps = document.path(of: node)?.steps else { return nil }
        guard steps.first == .key(Self.member) else { return DocumentPath(steps) }
        steps.removeFirst()
        let known = places.filter { steps.starts(with: $0.made) }.max { $0.made.count < $1.made.count }
        return DocumentPath((known?.real ?? []) + steps.dropFirst(known?.made.count ?? 0))
    }
}

/// A Pod template on its way into a view.
struct PodTemplate {
    /// Where it stands.
    var path: [DocumentPath.Step]
    var metadata: Value
    /// The specification, or its members when it is put together.
    var spec: Spec
    /// Where the members stand that are not where their names say.
    var places: [(made: [DocumentPath.Step], real: [DocumentPath.Step])] = []

    enum Spec {
        case whole(Value)
        case members([(String, Made)])
    }

    /// A value of the object, or one to be made.
    indirect enum Made {
        case value(Value)
        case list([Made])
        /// A value with members added to it.
        case object(Value, adding: [(String, Made)])

        func value(in arena: Arena) -> Value {
            switch self {
            case .value(let value): return value
            case .list(let items): return arena.array(items.map { $0.value(in: arena) })
            case .object(let base, let added):
                let names = Set(added.map(\.0))
                var entries =
                    base.kind == .object
                    ? base.keys.indices.filter { !names.contains(base.keys[$0].stringValue ?? "") }.map {
                        ObjectEntry(key: base.keys[$0], value: base.values[$0])
                    } : []
                entries += added.map { ObjectEntry(key: arena.string($0.0), value: $0.1.value(in: arena)) }
                return arena.object(entries)
            }
        }
    }

    /// A node that is a Pod template or a Pod specification; nil for anything else.
    init?(_ node: Value, path: [DocumentPath.Step]) {
        guard node.kind == .object else { return nil }
        self.path = path
        let inner = node.field("spec")
        if inner.kind == .object, !Self.isSpec(node) {
            (metadata, spec) = (node.field("metadata"), .whole(inner))
        } else if Self.isSpec(node) {
            (metadata, spec) = (.undefined, .whole(node))
            places = [([.key("spec")], path)]
        } else {
            return nil
        }
    }

    init(
        path: [DocumentPath.Step], metadata: Value, members: [(String, Made)],
        places: [(made: [DocumentPath.Step], real: [DocumentPath.Step])]
    ) {
        self.path = path
        self.metadata = metadata
        spec = .members(members)
        self.places = [([.key("spec")], path)] + places
    }

    static func isSpec(_ node: Value) -> Bool {
        node.field("containers").kind == .array || node.field("initContainers").kind == .array
    }

    func value(in arena: Arena) -> Value {
        var members: [ObjectEntry] = []
        if metadata.kind == .object { members.append(ObjectEntry(key: arena.string("metadata"), value: metadata)) }
        let made: Value =
            switch spec {
            case .whole(let value): value
            case .members(let members): Made.object(.undefined, adding: members).value(in: arena)
            }
        members.append(ObjectEntry(key: arena.string("spec"), value: made))
        return arena.object(members)
    }
}
