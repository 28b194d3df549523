import Diagnostics
import Documents
import RegoSyntax
import Text

/// One rule with the module it came from and where its document stands below `data`.
final class RuleDefinition {
    let rule: Rule
    let module: Module
    /// Number of the module in the compilation.
    let moduleIndex: Int
    /// Constant string keys of the document's path, package included.
    let path: [String]
    /// The rest of the head ref, from the first part that is not a constant string.
    let tail: [Term]

    init(rule: Rule, module: Module, moduleIndex: Int, path: [String], tail: [Term]) {
        self.rule = rule
        self.module = module
        self.moduleIndex = moduleIndex
        self.path = path
        self.tail = tail
    }

    var isFunction: Bool { rule.head.isFunction }
    var name: String { "data." + path.joined(separator: ".") }
    func range(_ location: Location) -> SourceRange { module.range(of: location) }
}

/// The rules of all modules by path below `data`.
final class RuleTree {
    let key: String
    private(set) var children: [ExactText: RuleTree] = [:]
    private(set) var childOrder: [String] = []
    /// Rules whose whole path is this place.
    var rules: [RuleDefinition] = []
    /// Rules whose path goes on from here with keys known only at evaluation.
    var dynamicRules: [RuleDefinition] = []
    let path: [String]

    init(key: String = "", path: [String] = []) {
        self.key = key
        self.path = path
    }

    /// The tree of the rules of `modules`.
    convenience init(modules: [Module]) {
        self.init()
        for (index, module) in modules.enumerated() {
            let package = module.package.path.constantPath
            _ = descend(package[...])
            for rule in module.rules {
                let parts = rule.head.ref.terms
                var path = package + [rule.head.name]
                var index2 = 1
                while index2 < parts.count, case .string(let key) = parts[index2].value {
                    path.append(key)
                    index2 += 1
                }
                let definition = RuleDefinition(
                    rule: rule, module: module, moduleIndex: index, path: path, tail: Array(parts[index2...]))
                let place = descend(path[...])
                if definition.tail.isEmpty { place.rules.append(definition) } else { place.dynamicRules.append(definition) }
            }
        }
    }

    private func descend(_ path: ArraySlice<String>) -> RuleTree {
        guard let first = path.first else { return self }
        if let child = children[ExactText(first)] { return child.descend(path.dropFirst()) }
        let child = RuleTree(key: first, path: self.path + [first])
        children[ExactText(first)] = child
        childOrder.append(first)
        return child.descend(path.dropFirst())
    }

    func child(_ key: String) -> RuleTree? { children[ExactText(key)] }

    /// The place at a path, or nil.
    func place(_ path: some Sequence<String>) -> RuleTree? {
        var place = self
        for key in path {
            guard let next = place.children[ExactText(key)] else { return nil }
            place = next
        }
        return place
    }

    /// Whether functions stand here.
    var isFunction: Bool { rules.first?.isFunction ?? false }

    /// Calls `visit` for every place here and below.
    func forEachPlace(_ visit: (RuleTree) -> Void) {
        visit(self)
        for key in childOrder { children[ExactText(key)]!.forEachPlace(visit) }
    }
}

extension Ref {
    /// The constant string parts after the head.
    var constantPath: [String] {
        terms.dropFirst().compactMap { term in
            if case .string(let key) = term.value { return key }
            return nil
        }
    }

    /// Whether all parts after the head are constant strings.
    var isConstantPath: Bool {
        terms.dropFirst().allSatisfy { term in
            if case .string = term.value { return true }
            return false
        }
    }
}
