import Documents
import Inputs

extension Policy {
    /// A policy of the index; nil when the entry lacks what every policy has.
    init?(_ entry: MetadataEntry, path: String, entrypoint: String, origin: Origin) {
        let custom = entry.custom
        guard let id = custom.field("id").stringValue else { return nil }
        self.id = id
        slug = custom.field("slug").stringValue ?? ""
        severity = PolicySeverity(rawValue: custom.field("severity").stringValue ?? "") ?? .high
        scope = Scope(rawValue: custom.field("scope").stringValue ?? "") ?? .object
        targets = Self.targets(custom.field("targets"))
        requires = custom.field("requires").strings.map { GroupKind($0) }
        profiles = custom.field("profiles").strings
        self.path = path
        self.entrypoint = entrypoint
        self.origin = origin
        self.entry = entry
    }

    /// What people need to know about a check that is code of this program.
    package init(
        check id: String, slug: String, severity: PolicySeverity, targets: [Target], title: String, remediation: String
    ) {
        let document = Document { arena in
            arena.object([
                "title": arena.string(title), "custom": arena.object(["remediation": arena.string(remediation)]),
            ])
        }
        self.id = id
        self.slug = slug
        self.severity = severity
        self.targets = targets
        scope = .object
        requires = []
        profiles = []
        path = ""
        entrypoint = "data.\(id)"
        origin = .builtin
        entry = MetadataEntry(document: document, value: document.root)
    }

    /// All kinds when the list is missing.
    static func targets(_ list: Value) -> [Target] {
        guard list.kind == .array else { return [Target(group: "*", kinds: ["*"])] }
        return list.elements.compactMap { item in
            if item.stringValue == "*" { return Target(group: "*", kinds: ["*"]) }
            guard item.kind == .object else { return nil }
            return Target(group: item.field("group").stringValue ?? "", kinds: item.field("kinds").strings)
        }
    }
}
