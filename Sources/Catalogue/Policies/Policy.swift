package import Documents
package import Gatekeeper
package import Inputs
package import Rego

/// A rule that decides about resources, with what people need to know about it.
///
/// It never changes and is referred to by all that judge, select and report, so it is one object.
package final class Policy: Sendable {
    /// Where a policy comes from.
    package enum Origin: Sendable, Hashable {
        /// The embedded library.
        case builtin
        /// A file given with `--policy`.
        case user
        /// The catalogue of API types, which is not Rego.
        case types
    }

    /// What a policy has to be given.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        /// One object at a time.
        case object
        /// One object at a time, and all others in `data.inventory`.
        case allObjects = "bundle"
        /// Facts about a host, which manifests do not hold.
        case hostFacts = "host-facts"
    }

    /// What a policy looks at in an object of a kind that is not Kubernetes' own.
    package enum Judges: Sendable, Hashable {
        /// The object, when a target names its kind.
        case object
        /// Every Pod template in it.
        case pods
        /// Pod templates whose Pods run until they are deleted.
        case lastingPods
    }

    /// Kinds of one API group that a policy looks at; `*` stands for all.
    package struct Target: Sendable, Hashable {
        package var group: String
        package var kinds: [String]

        package init(group: String, kinds: [String]) {
            self.group = group
            self.kinds = kinds
        }

        package func covers(_ type: GroupKind) -> Bool {
            (group == "*" || group == type.group) && kinds.contains { $0 == "*" || $0 == type.kind }
        }
    }

    /// Stable name, never used for another policy: `LT-POD-001`.
    package let id: String
    /// Name for people: `privileged-container`; empty for user policies without one.
    package let slug: String
    package let severity: PolicySeverity
    package let scope: Scope
    package let targets: [Target]
    package let judges: Judges
    /// Kinds without which a policy of scope `bundle` cannot judge.
    package let requires: [GroupKind]
    package let profiles: [String]
    /// The rule that is evaluated: `data.lintel.security.privileged_container.deny`.
    package let entrypoint: String
    /// The definitions of the rule that it consists of; nil for all of them.
    package let part: RulePart?
    /// The file that holds it.
    package let path: String
    package let origin: Origin
    /// The policies this one says in one finding, whose parameters it reads.
    package let merged: [Policy]
    /// The rule that names rules which do not apply to an input (`exception`), of the package that has one.
    package let exception: String?
    /// Whether its package has a rule `fix`.
    let hasFixRule: Bool
    /// What it takes `input` for, where the rule itself does not tell.
    package let form: InputForm?
    /// The constraint it stands for, with its template; nil for every other policy.
    package let constraint: GatekeeperPolicies.Pair?
    /// The metadata as the index or the file has it.
    let entry: MetadataEntry

    init(
        id: String, slug: String, severity: PolicySeverity, scope: Scope = .object, targets: [Target], judges: Judges = .object,
        requires: [GroupKind] = [], profiles: [String] = [], entrypoint: String, part: RulePart? = nil, path: String,
        origin: Origin, merged: [Policy] = [], exception: String? = nil,
        hasFixRule: Bool = false, form: InputForm? = nil,
        constraint: GatekeeperPolicies.Pair? = nil, entry: MetadataEntry
    ) {
        (self.id, self.slug, self.severity, self.scope) = (id, slug, severity, scope)
        (self.targets, self.judges, self.requires, self.profiles) = (targets, judges, requires, profiles)
        (self.entrypoint, self.part, self.path, self.origin) = (entrypoint, part, path, origin)
        (self.merged, self.exception, self.form) = (merged, exception, form)
        self.hasFixRule = hasFixRule
        (self.constraint, self.entry) = (constraint, entry)
    }

    /// The same policy, as one that says others in its findings.
    func merging(_ others: [Policy]) -> Policy {
        Policy(
            id: id, slug: slug, severity: severity, scope: scope, targets: targets, judges: judges, requires: requires,
            profiles: profiles, entrypoint: entrypoint, part: part, path: path, origin: origin, merged: others,
            exception: exception, hasFixRule: hasFixRule, form: form, constraint: constraint, entry: entry)
    }

    /// The same policy with another rule in place of its own.
    package func asking(_ rule: String) -> Policy {
        Policy(
            id: id, slug: slug, severity: severity, scope: scope, targets: targets, judges: judges, entrypoint: rule,
            path: path, origin: origin, form: form, entry: entry)
    }

    /// Whether it asks for objects as the API server stores them, with the values that it fills in (`defaults: true`).
    package var wantsDefaults: Bool { entry.custom.field("defaults").isTrue }

    /// What exceptions call the rule, as Conftest has it: its suffix, and without one the empty text.
    package var exceptionName: String {
        let name = entrypoint.split(separator: ".").last.map(String.init) ?? ""
        for prefix in ["violation_", "deny_", "warn_"] where name.hasPrefix(prefix) {
            return String(name.dropFirst(prefix.count))
        }
        return ""
    }

    /// Whether a rule of Kubescape gets the subjects of bindings, each with its binding and role, instead of the objects.
    package var joinsSubjects: Bool { form == .objects && entry.custom.field("joinsSubjects").isTrue }

    /// What an engine knows the rule by.
    package var compiledName: String { part?.name ?? entrypoint }

    /// Whether the policy looks at objects of this kind.
    package func applies(to type: GroupKind) -> Bool { targets.contains { $0.covers(type) } }

    /// Whether `name` is the id, the slug or an alias.
    package func answers(to name: String) -> Bool {
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

// MARK: What is shown

extension Policy {
    /// One statement of the problem.
    package var title: String { entry.text("title") }
    /// Why it matters.
    package var summary: String { entry.text("description") }
    /// Pages to read.
    package var relatedResources: [String] {
        let list = entry.value.field("related_resources")
        guard list.kind == .array else { return [] }
        return list.elements.compactMap { $0.stringValue ?? $0.field("ref").stringValue }
    }
    package var aliases: [String] { entry.list("aliases") }
    /// The ids of the policies it says in one finding.
    package var merges: [String] { entry.list("merges") }
    package var tags: [String] { entry.list("tags") }
    package var version: String { entry.custom("version") }
    package var status: String { entry.custom("status") }
    /// Of the library's policies the folder, of others what their metadata say.
    package var category: String {
        let parts = path.split(separator: "/")
        return origin == .builtin && parts.count == 4 ? String(parts[1]) : entry.custom("category")
    }
    /// `exact`, `heuristic` or `needs-context`.
    package var confidence: String { entry.custom("confidence") }
    package var effort: String { entry.custom("effort") }
    /// What to do about a violation, in one sentence.
    package var remediation: String { entry.custom("remediation") }
    /// How a violation is remedied: `{op, path, value, unsafe}`, a list of these or `{rule}`, undefined when the metadata do
    /// not say.
    package var fix: Value { entry.custom.field("fix") }
    /// Whether its results have a member `fix` with operations of JSON Patch.
    package var saysFixes: Bool {
        guard let rule = fix.field("rule").stringValue else { return false }
        return entrypoint.hasSuffix("." + rule)
    }
    /// The rule beside its own whose value remedies an object's violations; nil when there is none.
    package var fixRule: String? {
        let named = fix.field("rule").stringValue
        guard !saysFixes, constraint == nil, let rule = named ?? (fix.isUndefined && hasFixRule ? "fix" : nil),
            let end = entrypoint.lastIndex(of: ".")
        else { return nil }
        return entrypoint[...end] + rule
    }
    /// Whether there is something that says how its violations are remedied.
    package var hasFix: Bool { fix.isDefined || hasFixRule }

    /// Whether its violations may be accepted; the metadata of a policy can forbid it.
    package var isSuppressible: Bool { !entry.custom.field("suppressible").isFalse }

    /// Clauses of frameworks the policy serves, by framework id in byte order.
    package var compliance: [(framework: String, clauses: [String])] {
        let map = entry.custom.field("compliance")
        guard map.kind == .object else { return [] }
        return map.keys.indices.map { (map.keys[$0].string, map.values[$0].strings) }
    }

    /// The JSON Schema of each parameter, by name.
    package var parameters: [Parameter] {
        let map = entry.custom.field("parameters")
        guard map.kind == .object else { return [] }
        return map.keys.indices.map {
            Parameter(name: map.keys[$0].string, document: entry.document, schema: map.values[$0])
        }
    }
}

extension Policy {
    /// A setting of a policy.
    package struct Parameter: Sendable {
        package let name: String
        /// Keeps `schema` alive.
        let document: Document
        /// JSON Schema: `type`, `items`, `enum`, `minimum`, `description`, `default` …
        package let schema: Value

        /// The value when nothing is configured; null when the schema gives none.
        package var defaultValue: Value {
            let value = schema.field("default")
            return value.isDefined ? value : .null
        }
        /// The schema's `type`.
        package var type: String { schema.field("type").stringValue ?? "any" }
        package var summary: String { schema.field("description").stringValue ?? "" }
    }
}
