import Diagnostics
import RegoSyntax

/// The targets of all `with` modifiers: callees that are not among them are called without a look at replacements.
struct ReplacedTargets {
    /// Paths below `data` that some `with` replaces, by whatever name the module used.
    private(set) var dataPaths: Set<[String]> = []
    private(set) var builtins: Set<String> = []

    init(modules: [Module], queries: [Body]) {
        for module in modules where Self.mentionsWith(module.file.bytes) {
            let names = ModuleNames(module)
            for rule in module.rules { add(rule, names) }
        }
        for query in queries {
            var targets: [Term] = []
            WithFinder.find(in: query) { targets.append($0) }
            for target in targets { add(target, package: [], imports: [:]) }
        }
    }

    private mutating func add(_ rule: Rule, _ names: ModuleNames) {
        var targets: [Term] = []
        for branch in [rule] + rule.elseRules {
            WithFinder.find(in: branch.body) { targets.append($0) }
            for term in [branch.head.value, branch.head.key].compactMap({ $0 }) {
                WithFinder.find(in: term) { targets.append($0) }
            }
        }
        for target in targets { add(target, package: names.package, imports: names.imports) }
    }

    private mutating func add(_ target: Term, package: [String], imports: [String: [String]]) {
        let ref: Ref
        switch target.value {
        case .ref(let named): ref = named
        case .var: ref = Ref([target])
        default: return
        }
        guard let name = ref.terms.first?.varName else { return }
        if let builtin = ref.builtinName { builtins.insert(builtin) }
        if name == "data" { dataPaths.insert(ref.constantPath) }
        if let path = imports[name], path.first == "data" { dataPaths.insert(Array(path.dropFirst()) + ref.constantPath) }
        dataPaths.insert(package + [name] + ref.constantPath)
    }

    /// Whether the document at `path`, or one above it, may be replaced.
    func covers(_ path: [String]) -> Bool {
        if dataPaths.isEmpty { return false }
        for length in 0...path.count where dataPaths.contains(Array(path[..<length])) { return true }
        return false
    }

    private static func mentionsWith(_ bytes: [UInt8]) -> Bool {
        let word = Array("with".utf8)
        return bytes.withUnsafeBufferPointer { text in
            var index = 0
            while index + word.count <= text.count {
                if text[index] == word[0], text[index + 1] == word[1], text[index + 2] == word[2], text[index + 3] == word[3] {
                    return true
                }
                index += 1
            }
            return false
        }
    }
}

/// Visits the targets of all `with` modifiers in a piece of syntax.
enum WithFinder {
    static func find(in body: Body, _ visit: (Term) -> Void) {
        for expr in body.exprs { find(in: expr, visit) }
    }

    static func find(in expr: Expr, _ visit: (Term) -> Void) {
        for with in expr.with {
            visit(with.target)
            find(in: with.value, visit)
        }
        switch expr.kind {
        case .term(let term): find(in: term, visit)
        case .call(let call): for term in call.args { find(in: term, visit) }
        case .someDecl(.vars): break
        case .someDecl(.membership(let key, let value, let domain)):
            for term in [key, value, domain].compactMap({ $0 }) { find(in: term, visit) }
        case .every(let every):
            find(in: every.domain, visit)
            find(in: every.body, visit)
        case .not(let body): find(in: body, visit)
        case .logicalAnd(let left, let right), .logicalOr(let left, let right):
            find(in: left, visit)
            find(in: right, visit)
        }
    }

    static func find(in term: Term, _ visit: (Term) -> Void) {
        switch term.value {
        case .null, .bool, .number, .string, .var: break
        case .templateString(let template):
            for case .expr(let expr) in template.parts { find(in: expr, visit) }
        case .ref(let ref): for part in ref.terms { find(in: part, visit) }
        case .array(let terms), .set(let terms): for part in terms { find(in: part, visit) }
        case .object(let items):
            for item in items {
                find(in: item.key, visit)
                find(in: item.value, visit)
            }
        case .call(let call): for part in call.args { find(in: part, visit) }
        case .arrayComprehension(let inner), .setComprehension(let inner):
            find(in: inner.head, visit)
            find(in: inner.body, visit)
        case .objectComprehension(let inner):
            find(in: inner.key, visit)
            find(in: inner.value, visit)
            find(in: inner.body, visit)
        }
    }
}
