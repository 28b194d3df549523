import Diagnostics
package import Documents
package import Inputs

/// `spec.match` of a constraint: which objects it is about. All parts that are given must hold.
package struct ConstraintMatch: Sendable {
    /// Some kinds of some groups; `*` is any, and so is a list that is missing or empty.
    package struct Kinds: Sendable {
        package var groups: [String]
        package var kinds: [String]

        func covers(_ type: GroupKind) -> Bool {
            (kinds.isEmpty || kinds.contains("*") || kinds.contains(type.kind))
                && (groups.isEmpty || groups.contains("*") || groups.contains(type.group))
        }
    }

    package enum Answer: Sendable, Hashable {
        case yes, no
        /// It asks for labels of a Namespace that is not known.
        case unknownNamespace(String)
    }

    package private(set) var kinds: [Kinds] = []
    private var scope = "*"
    private var namespaces: [NameGlob] = []
    private var excludedNamespaces: [NameGlob] = []
    private var labelSelector: LabelSelector?
    private var namespaceSelector: LabelSelector?
    private var name: NameGlob?
    private var origin: MatchCandidate.Origin?

    package init() {}

    /// Whether it depends on Namespaces, which other objects of the input may be. The label with its name each Namespace has.
    package var needsNamespaces: Bool { namespaceSelector?.readsOnly(Self.nameLabel) == false }
    private static let nameLabel = "kubernetes.io/metadata.name"
    /// Whether nothing but the kind decides.
    package var isKindOnly: Bool {
        scope == "*" && namespaces.isEmpty && excludedNamespaces.isEmpty && labelSelector == nil
            && namespaceSelector == nil && name == nil && origin == nil
    }

    /// Leaves out namespaces in which nothing is enforced.
    mutating func exclude(_ namespaces: [NameGlob]) { excludedNamespaces += namespaces }

    /// Whether it is about objects of a kind at all.
    package func covers(_ type: GroupKind) -> Bool { kinds.isEmpty || kinds.contains { $0.covers(type) } }

    package func matches(_ candidate: MatchCandidate) -> Answer {
        guard covers(candidate.type), matchesScope(candidate) else { return .no }
        if let place = candidate.place {
            if !namespaces.isEmpty, !namespaces.contains(where: { $0.matches(place) }) { return .no }
            if excludedNamespaces.contains(where: { $0.matches(place) }) { return .no }
        }
        if let labelSelector, !labelSelector.matches(candidate.labels) { return .no }
        if let namespaceSelector {
            if candidate.isNamespace {
                if !namespaceSelector.matches(candidate.labels) { return .no }
            } else if !candidate.namespace.isEmpty {
                if candidate.namespaceObject.kind != .object {
                    if needsNamespaces { return .unknownNamespace(candidate.namespace) }
                    let labels = Document { arena in arena.object([Self.nameLabel: arena.string(candidate.namespace)]) }
                    if !labels.withRoot(namespaceSelector.matches) { return .no }
                } else {
                    let labels = candidate.namespaceObject.field("metadata").field("labels")
                    if !namespaceSelector.matches(labels) { return .no }
                }
            }
        }
        if let name, !name.matches(candidate.name), !name.matchesNames(startingWith: candidate.generateName) { return .no }
        if let origin, origin != candidate.origin { return .no }
        return .yes
    }

    private func matchesScope(_ candidate: MatchCandidate) -> Bool {
        let isNamespaced = !candidate.isNamespace && (!candidate.namespace.isEmpty || candidate.isNamespacedKind)
        switch scope {
        case "Cluster": return !isNamespaced
        case "Namespaced": return isNamespaced
        default: return true
        }
    }
}

extension ConstraintMatch {
    /// Reads `spec.match`.
    /// - Parameter problem: is told what is wrong, with the steps from `match`.
    package init(_ match: Value, _ problem: (String, [DocumentPath.Step]) -> Void) {
        self.init()
        switch match.kind {
        case .undefined, .null: return
        case .object: break
        default:
            problem("match is an object", [])
            return
        }
        for (index, item) in Self.list(match.field("kinds"), "kinds", problem).enumerated() {
            func texts(_ name: StaticString) -> [String] {
                let path: [DocumentPath.Step] = [.key("kinds"), .index(index), .key("\(name)")]
                return Self.texts(item.field(name), at: path, problem)
            }
            kinds.append(Kinds(groups: texts("apiGroups"), kinds: texts("kinds")))
        }
        if let text = Self.text(match.field("scope"), "scope", problem), !text.isEmpty {
            if !["*", "Cluster", "Namespaced"].contains(text) {
                problem("scope is \"\(text)\"; it is *, Cluster or Namespaced", [.key("scope")])
            }
            scope = text
        }
        namespaces = Self.texts(match.field("namespaces"), at: [.key("namespaces")], problem).map(NameGlob.init)
        let excluded = match.field("excludedNamespaces")
        excludedNamespaces = Self.texts(excluded, at: [.key("excludedNamespaces")], problem).map(NameGlob.init)
        labelSelector = Self.selector(match.field("labelSelector"), "labelSelector", problem)
        namespaceSelector = Self.selector(match.field("namespaceSelector"), "namespaceSelector", problem)
        if let text = Self.text(match.field("name"), "name", problem), !text.isEmpty { name = NameGlob(text) }
        if let text = Self.text(match.field("source"), "source", problem), !text.isEmpty, text != "All" {
            origin = MatchCandidate.Origin(rawValue: text)
            if origin == nil { problem("source is \"\(text)\"; it is All, Original or Generated", [.key("source")]) }
        }
    }

    private static func list(
        _ value: Value, _ name: String, _ problem: (String, [DocumentPath.Step]) -> Void
    ) -> [Value] {
        switch value.kind {
        case .array: return Array(value.elements)
        case .undefined, .null: return []
        default:
            problem("\(name) is a list", [.key(name)])
            return []
        }
    }

    private static func texts(
        _ value: Value, at path: [DocumentPath.Step], _ problem: (String, [DocumentPath.Step]) -> Void
    ) -> [String] {
        switch value.kind {
        case .undefined, .null: return []
        case .array where value.elements.allSatisfy({ $0.kind == .string }): return value.elements.map(\.string)
        default:
            problem("\(DocumentPath(path).fieldPath) is a list of texts", path)
            return []
        }
    }

    private static func text(
        _ value: Value, _ name: String, _ problem: (String, [DocumentPath.Step]) -> Void
    ) -> String? {
        switch value.kind {
        case .undefined, .null: return nil
        case .string: return value.string
        default:
            problem("\(name) is a text", [.key(name)])
            return nil
        }
    }

    private static func selector(
        _ value: Value, _ name: String, _ problem: (String, [DocumentPath.Step]) -> Void
    ) -> LabelSelector? {
        if value.kind == .undefined || value.kind == .null { return nil }
        do { return try LabelSelector(value) } catch {
            problem("\(name): \(error.message)", [.key(name)] + error.path)
            return nil
        }
    }
}
