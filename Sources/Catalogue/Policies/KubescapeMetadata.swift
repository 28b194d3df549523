import Documents
import Inputs

/// What the JSON files beside Kubescape's rules say: which rules a control consists of, which controls a framework has, and
/// which kinds a rule looks at.
struct KubescapeMetadata {
    private struct Control {
        var id: String
        var name: String
        var summary: String
        var remediation: String
        var score: Double?
        var rules: [String]
    }

    private struct Rule {
        var targets: [Policy.Target]
        var summary: String
        var remediation: String
        /// Whether it gets subjects, each with its binding and role, instead of these.
        var joinsSubjects: Bool
    }

    private var controls: [Control] = []
    private var rules: [String: Rule] = [:]
    /// The controls of the frameworks, by id and by name in lower case; nil when there is no framework.
    private var chosen: Set<String>?
    /// How many files there are.
    private(set) var count = 0

    /// Whether bytes may be one of the files.
    static func mayBe(in bytes: [UInt8]) -> Bool {
        ["\"rulesNames\"", "\"activeControls\"", "\"ruleLanguage\"", "\"controlsNames\""].contains { bytes.contains(text: $0) }
    }

    /// Takes a document that is one of them.
    /// - Returns: whether it is.
    mutating func add(_ document: Document) -> Bool {
        let root = document.root
        guard root.kind == .object, let name = root.field("name").stringValue else { return false }
        func text(_ name: StaticString) -> String { root.field(name).stringValue ?? "" }
        if root.field("rulesNames").kind == .array {
            controls.append(
                Control(
                    id: text("controlID"), name: name, summary: text("description"), remediation: text("remediation"),
                    score: root.field("baseScore").doubleValue, rules: root.field("rulesNames").strings))
            count += 1
            return true
        }
        if root.field("activeControls").kind == .array || root.field("controlsNames").kind == .array {
            var ids = chosen ?? []
            for control in root.field("activeControls").kind == .array ? Array(root.field("activeControls").elements) : [] {
                if let id = control.field("controlID").stringValue, !id.isEmpty { ids.insert(id.lowercased()) }
                if let name = control.field("patch").field("name").stringValue { ids.insert(name.lowercased()) }
            }
            ids.formUnion(root.field("controlsNames").strings.map { $0.lowercased() })
            chosen = ids
            count += 1
            return true
        }
        guard root.field("match").kind == .array, root.field("ruleLanguage").isDefined || root.field("ruleQuery").isDefined else {
            return false
        }
        let targets = root.field("match").elements.flatMap { match in
            let groups = match.field("apiGroups").strings
            return (groups.isEmpty ? ["*"] : groups).map {
                Policy.Target(group: $0, kinds: match.field("resources").strings)
            }
        }
        let aggregator = root.field("attributes").field("resourcesAggregator").stringValue
        rules[name] = Rule(
            targets: targets, summary: text("description"), remediation: text("remediation"),
            joinsSubjects: aggregator == "subject-role-rolebinding")
        count += 1
        return true
    }

    /// Whether a rule is judged: all are, unless frameworks choose.
    func selects(_ rule: String) -> Bool {
        guard let chosen else { return true }
        return controls.contains { control in
            control.rules.contains(rule)
                && (chosen.contains(control.id.lowercased()) || chosen.contains(control.name.lowercased()))
        }
    }

    /// The policy of a rule.
    func policy(_ id: String, of rule: String, entrypoint: String, path: String) -> Policy {
        let own = controls.filter { $0.rules.contains(rule) }
        let control = own.first { chosen?.contains($0.id.lowercased()) ?? true } ?? own.first
        let text = rules[rule]
        let document = Document { arena in
            func string(_ text: String?) -> Value { arena.string(text ?? "") }
            return arena.object([
                "title": string(control?.name ?? rule), "description": string(control?.summary ?? text?.summary),
                "custom": arena.object([
                    "remediation": string(control?.remediation ?? text?.remediation),
                    "joinsSubjects": .bool(text?.joinsSubjects ?? false),
                ]),
            ])
        }
        return Policy(
            kubescape: control.map { $0.id.isEmpty ? id : "\($0.id)/\(id)" } ?? id, severity: Self.severity(control?.score),
            targets: text?.targets ?? [Policy.Target(group: "*", kinds: ["*"])], entrypoint: entrypoint, path: path,
            document: document)
    }

    /// Kubescape's scores of controls as severities.
    private static func severity(_ score: Double?) -> PolicySeverity {
        guard let score else { return .high }
        if score >= 9 { return .critical }
        if score >= 7 { return .high }
        return score >= 4 ? .medium : .low
    }
}

extension Policy {
    /// A rule of one of Kubescape's controls.
    convenience init(
        kubescape id: String, severity: PolicySeverity, targets: [Target], entrypoint: String, path: String, document: Document
    ) {
        self.init(
            id: id, slug: "", severity: severity, targets: targets, entrypoint: entrypoint, path: path, origin: .user,
            form: .objects, entry: MetadataEntry(document: document, value: document.root))
    }
}
