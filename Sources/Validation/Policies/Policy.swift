public import Documents

/// A rule that decides about resources, with what people need to know about it.
public struct Policy: Sendable {
    /// Where a policy comes from.
    public enum Origin: Sendable, Hashable {
        /// The embedded library.
        case builtin
        /// A file given with `--policy`.
        case user
    }

    /// What a policy has to be given.
    public enum Scope: String, Sendable, Hashable, CaseIterable {
        /// One object at a time.
        case object
        /// One object at a time, and all others in `data.inventory`.
        case bundle
        /// Facts about a host, which manifests do not hold.
        case hostFacts = "host-facts"
    }

    /// Kinds of one API group that a policy looks at; `*` stands for all.
    public struct Target: Sendable, Hashable {
        public var group: String
        public var kinds: [String]

        public init(group: String, kinds: [String]) {
            self.group = group
            self.kinds = kinds
        }

        func covers(_ type: GroupKind) -> Bool {
            (group == "*" || group == type.group) && kinds.contains { $0 == "*" || $0 == type.kind }
        }
    }

    /// Stable name, never used for another policy: `LT-POD-001`.
    public var id: String
    /// Name for people: `privileged-container`; empty for user policies without one.
    public var slug: String
    public var severity: PolicySeverity
    public var scope: Scope
    public var targets: [Target]
    /// Kinds without which a policy of scope `bundle` cannot judge.
    public var requires: [GroupKind]
    public var profiles: [String]
    /// The rule that is evaluated: `data.lintel.security.privileged_container.deny`.
    public var entrypoint: String
    /// The file that holds it.
    public var path: String
    public var origin: Origin
    /// The metadata as the index or the file has it.
    let entry: MetadataEntry

    /// Whether the policy looks at objects of this kind.
    public func applies(to type: GroupKind) -> Bool { targets.contains { $0.covers(type) } }

    /// Whether `name` is the id, the slug or an alias.
    public func answers(to name: String) -> Bool {
        id == name || (!slug.isEmpty && slug == name) || id.lowercased() == name.lowercased() || aliases.contains(name)
    }
}

/// The metadata of one policy, decoded when asked for; most runs never show most of it.
struct MetadataEntry: Sendable {
    /// Keeps `value` alive.
    let document: Document
    /// `title`, `description`, `relatedResources` and `custom`.
    let value: Value

    var custom: Value { value.field("custom") }

    func text(_ name: StaticString) -> String { value.field(name).stringValue ?? "" }
    func custom(_ name: StaticString) -> String { custom.field(name).stringValue ?? "" }
    func list(_ name: StaticString) -> [String] { custom.field(name).strings }
}

extension Value {
    /// The strings among an array's elements; empty for any other kind.
    var strings: [String] { kind == .array ? elements.compactMap(\.stringValue) : [] }
}

// MARK: What is shown

extension Policy {
    /// One statement of the problem.
    public var title: String { entry.text("title") }
    /// Why it matters.
    public var summary: String { entry.text("description") }
    /// Pages to read.
    public var relatedResources: [String] {
        let list = entry.value.field("related_resources")
        guard list.kind == .array else { return [] }
        return list.elements.compactMap { $0.stringValue ?? $0.field("ref").stringValue }
    }
    public var aliases: [String] { entry.list("aliases") }
    public var tags: [String] { entry.list("tags") }
    public var version: String { entry.custom("version") }
    public var status: String { entry.custom("status") }
    public var category: String { entry.custom("category") }
    /// `exact`, `heuristic` or `needs-context`.
    public var confidence: String { entry.custom("confidence") }
    public var effort: String { entry.custom("effort") }
    /// What to do about a violation, in one sentence.
    public var remediation: String { entry.custom("remediation") }

    /// Clauses of frameworks the policy serves, by framework id in byte order.
    public var compliance: [(framework: String, clauses: [String])] {
        let map = entry.custom.field("compliance")
        guard map.kind == .object else { return [] }
        return map.keys.indices.map { (map.keys[$0].string, map.values[$0].strings) }
    }

    /// The JSON Schema of each parameter, by name.
    public var parameters: [Parameter] {
        let map = entry.custom.field("parameters")
        guard map.kind == .object else { return [] }
        return map.keys.indices.map {
            Parameter(name: map.keys[$0].string, document: entry.document, schema: map.values[$0])
        }
    }
}

extension Policy {
    /// A setting of a policy.
    public struct Parameter: Sendable {
        public let name: String
        /// Keeps `schema` alive.
        let document: Document
        /// JSON Schema: `type`, `items`, `enum`, `minimum`, `description`, `default` …
        public let schema: Value

        /// The value when nothing is configured; null when the schema gives none.
        public var defaultValue: Value {
            let value = schema.field("default")
            return value.isDefined ? value : .null
        }
        /// The schema's `type`.
        public var type: String { schema.field("type").stringValue ?? "any" }
        public var summary: String { schema.field("description").stringValue ?? "" }
    }
}
