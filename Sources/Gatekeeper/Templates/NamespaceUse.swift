import Rego
import RegoRuntime
import RegoSyntax

/// Whether the Rego of a template may look at the Namespace of the object, `input.review.namespaceObject`.
///
/// Reviews are handed to functions, which mostly look at something else of them: these are followed. Where a review goes any
/// other way, its Namespace may be looked at.
struct NamespaceUse {
    /// What a name stands for.
    private enum Whole: Hashable { case input, review }

    /// A parameter that is given the input or the review.
    private struct Parameter: Hashable {
        /// The path of the function below `data`.
        var function: [String]
        var index: Int
        var whole: Whole
    }

    /// A function with the module that it stands in.
    private struct Function {
        var rule: Rule
        var names: CalledNames
    }

    private var functions: [[String]: [Function]] = [:]
    private var called = CalledNames()
    private(set) var isPossible = false
    private var names: [String: Whole] = ["input": .input]
    private var known: Set<Parameter> = []
    private var waiting: [Parameter] = []

    private static let members: Set = ["namespaceObject", "_unstable"]
    private static let builtins = Set((Builtins.standard + RegoBuiltins.all).map(\.name))

    init(in modules: [Module]) {
        for module in modules {
            let names = CalledNames(in: module)
            for rule in module.rules where rule.head.isFunction {
                // No function is called otherwise.
                guard let path = rule.head.ref.path else {
                    isPossible = true
                    return
                }
                functions[names.package + path, default: []].append(Function(rule: rule, names: names))
            }
        }
        for module in modules {
            called = CalledNames(in: module)
            for item in module.imports { ref(item.path) }
            for rule in module.rules { self.rule(rule) }
        }
        while !isPossible, let parameter = waiting.popLast() { follow(parameter) }
    }

    /// Looks at the functions of a path with what they are given.
    private mutating func follow(_ parameter: Parameter) {
        for function in functions[parameter.function] ?? [] {
            let head = function.rule.head
            guard parameter.index < head.args.count, case .var(let name) = head.args[parameter.index].value else {
                isPossible = true
                return
            }
            let before = names
            names[name] = parameter.whole
            called = function.names
            rule(function.rule)
            names = before
        }
    }

    // MARK: The tree

    private mutating func rule(_ rule: Rule) {
        for term in rule.head.ref.terms.dropFirst() { self.term(term) }
        // What a function is given may be compared with something.
        for term in rule.head.args { if case .var = term.value { continue } else { self.term(term) } }
        if let key = rule.head.key { term(key) }
        if let value = rule.head.value { term(value) }
        body(rule.body)
        for other in rule.elseRules { self.rule(other) }
    }

    private mutating func body(_ body: Body) { for expr in body.exprs { self.expr(expr) } }

    private mutating func expr(_ expr: Expr) {
        switch expr.kind {
        case .term(let value): term(value)
        case .call(let value): call(value)
        case .someDecl(.membership(let key, let value, let domain)):
            if let key { term(key) }
            term(value)
            term(domain)
        case .someDecl(.vars): break
        case .every(let every):
            term(every.domain)
            body(every.body)
        case .not(let inner): body(inner)
        case .logicalAnd(let left, let right), .logicalOr(let left, let right):
            body(left)
            body(right)
        }
        for with in expr.with {
            // What stands for data or for a function may be given more than what it stands for.
            if with.target.head != "input" { isPossible = true }
            term(with.target)
            term(with.value)
        }
    }

    private mutating func term(_ term: Term) {
        switch term.value {
        case .null, .bool, .number, .string: break
        case .var(let name): if names[name] != nil { isPossible = true }
        case .ref(let value): ref(value)
        case .array(let values), .set(let values): for value in values { self.term(value) }
        case .object(let items):
            for item in items {
                self.term(item.key)
                self.term(item.value)
            }
        case .call(let value): call(value)
        case .arrayComprehension(let value), .setComprehension(let value):
            self.term(value.head)
            body(value.body)
        case .objectComprehension(let value):
            self.term(value.key)
            self.term(value.value)
            body(value.body)
        case .templateString(let text):
            for part in text.parts { if case .expr(let expr) = part { self.expr(expr) } }
        }
    }

    private mutating func ref(_ ref: Ref) {
        guard let head = ref.terms.first else { return }
        if case .var(let name) = head.value, let whole = names[name] {
            look(at: ref.terms.dropFirst(), of: whole)
        } else {
            term(head)
        }
        for term in ref.terms.dropFirst() { self.term(term) }
    }

    /// A way into the input or the review; one that ends there, or is not known, may lead to the Namespace.
    private mutating func look(at way: ArraySlice<Term>, of whole: Whole) {
        guard let first = way.first, let name = first.value.text else {
            isPossible = true
            return
        }
        switch whole {
        case .input: if name == "review" { look(at: way.dropFirst(), of: .review) }
        case .review: if Self.members.contains(name) { isPossible = true }
        }
    }

    // MARK: Calls

    private mutating func call(_ call: Call) {
        // The name of a function is no way into anything; what stands before the parentheses may be called otherwise.
        let paths = called.paths(of: call.operator) { functions[$0] != nil }
        let builtin = call.operator.builtinName.flatMap { Self.builtins.contains($0) ? $0 : nil }
        let isUnderstood =
            call.infix == nil && paths.allSatisfy { functions[$0] != nil } && (builtin == nil || builtin == "object.get")
            && !(paths.isEmpty && builtin == nil)
        for (index, argument) in call.args.enumerated() {
            guard let whole = whole(argument) else {
                term(argument)
                continue
            }
            guard isUnderstood else {
                isPossible = true
                return
            }
            for path in paths {
                let parameter = Parameter(function: path, index: index, whole: whole)
                if known.insert(parameter).inserted { waiting.append(parameter) }
            }
            if builtin == nil { continue }
            if index == 0, call.args.count > 1 { look(at: call.args[1...1], of: whole) } else { isPossible = true }
        }
    }

    /// What a term is, when it is the whole of the input or of the review.
    private func whole(_ term: Term) -> Whole? {
        switch term.value {
        case .var(let name): return names[name]
        case .ref(let ref):
            guard let head = ref.terms.first, case .var(let name) = head.value, let whole = names[name] else { return nil }
            if ref.terms.count == 1 { return whole }
            return whole == .input && ref.terms.count == 2 && ref.terms[1].value.text == "review" ? .review : nil
        default: return nil
        }
    }
}

/// What the names before parentheses stand for in a module.
private struct CalledNames {
    var package: [String] = []
    /// The paths below `data` of what is imported, by name; several where names are imported again.
    private var imports: [String: [[String]]] = [:]

    init() {}

    init(in module: Module) {
        package = Array((module.package.path.path ?? []).dropFirst())
        for item in module.imports {
            guard let path = item.path.path, path.first == "data", let name = item.name else { continue }
            imports[name, default: []].append(Array(path.dropFirst()))
        }
    }

    /// The paths of all functions that the operator of a call may stand for, whatever variables are called.
    /// - Parameter isFunction: whether there is a function of a path.
    func paths(of function: Ref, where isFunction: ([String]) -> Bool) -> [[String]] {
        guard let path = function.path, let name = path.first else { return [] }
        let rest = Array(path.dropFirst())
        if name == "data" { return [rest] }
        let imported = (imports[name] ?? []).map { $0 + rest }
        return isFunction(package + path) ? imported + [package + path] : imported
    }
}

extension Ref {
    /// The names of a way in which nothing is looked up.
    fileprivate var path: [String]? {
        var names: [String] = []
        for (index, term) in terms.enumerated() {
            guard let name = index == 0 ? term.value.name : term.value.text else { return nil }
            names.append(name)
        }
        return names
    }
}

extension Term {
    /// The variable that it is, or that its way starts at.
    fileprivate var head: String? {
        if case .ref(let ref) = value { ref.terms.first?.value.name } else { value.name }
    }
}

extension TermValue {
    fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
    fileprivate var name: String? { if case .var(let name) = self { name } else { text } }
}
