import Diagnostics
import Documents
import Rego
import RegoSyntax

/// Finds the policies among a user's modules: rules `deny`, `violation` and `warn` and their forms with a suffix.
///
/// Metadata belong to what they stand above: two definitions of one rule with metadata of their own are two policies, in
/// whatever files and order they stand.
struct PolicyFinder {
    private(set) var policies: [Policy] = []
    private(set) var problems: [Diagnostic] = []
    /// Packages with a rule `exception`.
    private var excepting: Set<[String]> = []
    /// Packages with a rule `fix`.
    private var fixing: Set<[String]> = []
    private let modules: [Module]
    /// The blocks of each module.
    private var annotations: [[AnnotationText]] = []

    /// One definition of a rule.
    private struct Definition {
        var module: Int
        var rule: Int
    }

    private struct RuleName: Hashable {
        var package: [String]
        var name: String
    }

    /// - Parameter isPolicy: whether a rule of this name is a policy.
    init(_ modules: [Module], isPolicy: (String) -> Bool = { UserPolicies.level(of: $0) != nil }) {
        self.modules = modules
        var order: [RuleName] = []
        var definitions: [RuleName: [Definition]] = [:]
        var members: [[String]: [Int]] = [:]
        for (number, module) in modules.enumerated() {
            let texts = module.annotations.map { AnnotationText($0, in: module) }
            annotations.append(texts)
            for text in texts { problems += text.problems + UserMetadata(text).problems }
            let package = module.package.path.terms.dropFirst().map { $0.stringOrVarName ?? "" }
            members[package, default: []].append(number)
            if module.rules.contains(where: { $0.head.name == "exception" && !$0.head.isFunction }) { excepting.insert(package) }
            if module.rules.contains(where: { $0.head.name == "fix" && !$0.head.isFunction }) { fixing.insert(package) }
            for (index, rule) in module.rules.enumerated() where !rule.head.isFunction && !rule.isDefault {
                guard isPolicy(rule.head.name) else { continue }
                let name = RuleName(package: package, name: rule.head.name)
                if definitions[name] == nil { order.append(name) }
                definitions[name, default: []].append(Definition(module: number, rule: index))
            }
        }
        for name in order {
            // Metadata of a package describe its one rule, not each of several.
            let isOnly = order.count { $0.package == name.package } == 1
            add(name, definitions[name] ?? [], shared: isOnly ? packageText(members[name.package] ?? []) : nil)
        }
    }

    private func packageText(_ members: [Int]) -> AnnotationText? {
        for member in members {
            for text in annotations[member] where text.scope == .package {
                if case .rule = text.block.target { continue }
                return text
            }
        }
        return nil
    }

    /// The policies of a rule: one for each of the metadata that its definitions have.
    private mutating func add(_ name: RuleName, _ definitions: [Definition], shared: AnnotationText?) {
        let document = definitions.compactMap { text(of: $0, scope: .document) }.first
        var groups: [(text: AnnotationText?, definitions: [Definition])] = []
        for definition in definitions {
            if let own = text(of: definition, scope: .rule) {
                groups.append((own, [definition]))
            } else if let known = groups.firstIndex(where: { $0.text?.scope != .rule }) {
                groups[known].definitions.append(definition)
            } else {
                groups.append((document ?? shared, [definition]))
            }
        }
        // A document that is put together from several places cannot be taken apart.
        let isWhole = definitions.contains { modules[$0.module].rules[$0.rule].head.ref.terms.count > 1 }
        if isWhole || groups.count == 1 { groups = [(groups[0].text, definitions)] }
        let entrypoint = "data." + (name.package + [name.name]).joined(separator: ".")
        for (number, group) in groups.enumerated() {
            let first = modules[group.definitions[0].module]
            var part: RulePart?
            if groups.count > 1 {
                let places = group.definitions.map {
                    RulePart.Definition(
                        file: modules[$0.module].file.path, start: modules[$0.module].rules[$0.rule].location.start)
                }
                part = RulePart(name: "\(entrypoint)#\(number)", path: entrypoint, definitions: Set(places))
            }
            let exception =
                excepting.contains(name.package) ? "data." + (name.package + ["exception"]).joined(separator: ".") : nil
            policies.append(
                Policy(
                    userRule: name.name, package: name.package, entrypoint: entrypoint, part: part, exception: exception,
                    hasFixRule: fixing.contains(name.package),
                    path: first.file.path, metadata: group.text?.document))
        }
    }

    private func text(of definition: Definition, scope: AnnotationText.Scope) -> AnnotationText? {
        annotations[definition.module].first { $0.block.target == .rule(definition.rule) && $0.scope == scope }
    }
}
