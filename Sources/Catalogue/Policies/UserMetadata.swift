import Diagnostics
import Documents
import Inputs

/// Checks the metadata of a user's policy. Keys of `custom` that are not ours are free, those that nearly are ours are
/// spelling mistakes, which would otherwise change a policy's severity or targets without a word.
struct UserMetadata {
    private(set) var problems: [Diagnostic] = []
    private let text: AnnotationText

    /// A library policy's category is its folder, a user's is what the metadata say.
    private static let keys = MetadataCheck.keys + ["category"]
    private static let targetKeys = ["group", "kinds"]

    init(_ text: AnnotationText) {
        self.text = text
        if let scope = text.document.root.field("scope").stringValue {
            check(scope, among: AnnotationText.Scope.allCases.map(\.rawValue), "scope", at: [.key("scope")])
        }
        let custom = text.document.root.field("custom")
        guard custom.kind == .object else { return }
        for key in custom.keys.compactMap(\.stringValue) where !Self.keys.contains(key) {
            guard let meant = Self.misspelt(key) else { continue }
            report(
                "unknown key \"\(key)\" of custom; did you mean \"\(meant)\"?", at: [.key("custom"), .key(key)],
                onKey: true)
        }
        checkText(custom, "id")
        checkText(custom, "remediation")
        checkChoice(custom, "severity", among: PolicySeverity.allCases.map(\.rawValue))
        checkChoice(custom, "scope", among: Policy.Scope.allCases.map(\.rawValue))
        checkParameters(custom.field("parameters"))
        let defaults = custom.field("defaults")
        if defaults.isDefined, defaults.kind != .bool {
            report("custom.defaults must be true or false", at: [.key("custom"), .key("defaults")])
        }
        if let problem = FixMetadata.problem(of: custom.field("fix")) { report(problem, at: [.key("custom"), .key("fix")]) }
        checkTargets(custom.field("targets"), at: [.key("custom"), .key("targets")])
    }

    /// The key that was meant: one letter more, less, other or swapped; in long words two.
    private static func misspelt(_ key: String) -> String? {
        guard let nearest = Suggestion.nearest(to: key, among: keys) else { return nil }
        let isLong = key.utf8.count > 8
        return Suggestion.edits(from: key, to: nearest) <= (isLong ? 2 : 1) && key.utf8.count > 2 ? nearest : nil
    }

    private mutating func checkText(_ custom: Value, _ key: String) {
        let value = custom.field(named: key)
        if value.isUndefined || value.stringValue != nil { return }
        report("\(key) is a string", at: [.key("custom"), .key(key)])
    }

    private mutating func checkChoice(_ custom: Value, _ key: String, among names: [String]) {
        let value = custom.field(named: key)
        if value.isUndefined { return }
        check(
            value.stringValue?.lowercased() ?? JSONWriter.string(value), among: names, key,
            at: [.key("custom"), .key(key)])
    }

    private mutating func check(_ word: String, among names: [String], _ what: String, at steps: [DocumentPath.Step]) {
        if names.contains(word) { return }
        let hint = Suggestion.nearest(to: word, among: names).map { "did you mean \"\($0)\"?" }
        report(
            "unknown \(what) \"\(word)\"; \(hint ?? "known are \(names.joined(separator: ", "))")", at: steps)
    }

    /// Parameters are described by JSON Schemas, which their defaults must fit.
    private mutating func checkParameters(_ parameters: Value) {
        let place: [DocumentPath.Step] = [.key("custom"), .key("parameters")]
        if parameters.isUndefined { return }
        guard parameters.kind == .object else { return report("parameters map names to JSON Schemas", at: place) }
        for (index, key) in parameters.keys.enumerated() {
            let schema = parameters.values[index]
            let own = place + [.key(key.string)]
            guard schema.kind == .object else {
                report("a parameter is described by a JSON Schema", at: own)
                continue
            }
            let standard = schema.field("default")
            guard standard.isDefined, let problem = ParameterSchema.problem(of: standard, schema: schema) else {
                continue
            }
            report("the default of \(key.string): \(problem.message)", at: own + [.key("default")] + problem.path)
        }
    }

    // MARK: Targets

    private mutating func checkTargets(_ targets: Value, at steps: [DocumentPath.Step]) {
        if targets.isUndefined { return }
        guard targets.kind == .array else {
            return report("targets are a list of groups and kinds, of \"workloads\" or of \"*\"", at: steps)
        }
        for (index, target) in targets.elements.enumerated() {
            let place = steps + [.index(index)]
            if let word = target.stringValue {
                check(word, among: Policy.targetWords, "target", at: place)
                continue
            }
            guard target.kind == .object else {
                report("a target is \"*\", \"workloads\" or a mapping of group and kinds", at: place)
                continue
            }
            for key in target.keys.compactMap(\.stringValue) where !Self.targetKeys.contains(key) {
                let hint = Suggestion.text(for: key, among: Self.targetKeys)
                report(
                    "unknown key \"\(key)\" of a target\(hint.isEmpty ? "; group and kinds are known" : hint)",
                    at: place + [.key(key)], onKey: true)
            }
            checkKinds(of: target, at: place)
        }
    }

    private mutating func checkKinds(of target: Value, at place: [DocumentPath.Step]) {
        let kinds = target.field("kinds")
        guard kinds.kind == .array, kinds.count > 0 else {
            return report("kinds is a list of names such as Deployment, or of \"*\"", at: place + [.key("kinds")])
        }
        let group = target.field("group").stringValue ?? ""
        guard group != "*" else { return }
        for (index, kind) in kinds.strings.enumerated() where kind != "*" {
            guard let problem = KnownKinds.problem(of: GroupKind(group: group, kind: kind)) else { continue }
            report(problem, at: place + [.key("kinds"), .index(index)])
        }
    }

    private mutating func report(_ message: String, at steps: [DocumentPath.Step], onKey: Bool = false) {
        problems.append(
            Diagnostic(code: "metadata_error", message: message, range: text.range(at: steps, onKey: onKey)))
    }
}
