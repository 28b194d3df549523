import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Infers the types of rules and reports calls, comparisons and references that can never succeed (OPA's `CheckTypes`).
final class TypeChecker {
    let compilation: Compilation
    /// The type of the input document; `any` without a schema.
    let inputType: RegoType
    private var documents: [ObjectIdentifier: RegoType] = [:]
    private var visiting: Set<ObjectIdentifier> = []
    /// Rules that need each other's types: what lies deeper counts as `any` there, and is checked by itself.
    private static let maximumDepth = 256

    init(_ compilation: Compilation, inputType: RegoType = .any) {
        self.compilation = compilation
        self.inputType = inputType
    }

    /// Checks every rule.
    func check() {
        compilation.tree.forEachPlace { place in
            if !place.rules.isEmpty { _ = document(at: place) }
            for definition in place.dynamicRules { _ = results(of: definition) }
        }
    }

    /// The type of the document, or of the result of the function, that the rules at a place define.
    func document(at place: RuleTree) -> RegoType {
        let id = ObjectIdentifier(place)
        if let known = documents[id] { return known }
        guard visiting.count < Self.maximumDepth, visiting.insert(id).inserted else { return .any }
        var types: [RegoType] = []
        for definition in place.rules {
            let results = results(of: definition)
            types += definition.rule.head.isPartialSet ? [.set(of: .oneOf(results))] : results
        }
        visiting.remove(id)
        let isMixed = !place.dynamicRules.isEmpty || (!place.isFunction && !place.childOrder.isEmpty)
        let type: RegoType = isMixed ? .any : .oneOf(types)
        documents[id] = type
        return type
    }

    /// Types of a rule's element or value, and of its `else` branches.
    private func results(of definition: RuleDefinition) -> [RegoType] {
        ([definition.rule] + definition.rule.elseRules).map { rule in
            let lowered = RuleLowering(compilation, definition).lower(rule)
            let body = BodyTypes(self, definition.module.file, lowered.locals)
            for argument in lowered.arguments { body.bind(argument, .any) }
            body.check(lowered.body)
            guard let head = lowered.key ?? lowered.value else { return .any }
            return body.type(of: head, at: rule.head.location)
        }
    }
}

/// The types of the variables of one body, in evaluation order.
final class BodyTypes {
    private let checker: TypeChecker
    private let file: SourceFile
    private let locals: LocalScope
    private var types: [VarID: RegoType] = [:]

    init(_ checker: TypeChecker, _ file: SourceFile, _ locals: LocalScope) {
        self.checker = checker
        self.file = file
        self.locals = locals
    }

    private func report(_ message: String, at location: Location) {
        checker.compilation.report(
            Diagnostic(code: RegoCode.type, message: message, range: location.range(in: file)))
    }

    func check(_ body: CoreBody) { for expr in body.exprs { check(expr) } }

    private func check(_ expr: CoreExpr) {
        switch expr.kind {
        case .unify(let left, let right): unify(left, right, at: expr.location)
        case .call(let callee, let arguments, let output): call(callee, arguments, output, at: expr.location)
        case .test(let term): _ = type(of: term, at: expr.location)
        case .not(let body): check(body)
        case .either(let left, let right):
            check(left)
            check(right)
        case .every(let key, let value, let domain, let body):
            let domain = type(of: domain, at: expr.location).iteration
            if let key { types[key] = domain?.key ?? .any }
            types[value] = domain?.element ?? .any
            check(body)
        case .with(let modifiers, let body):
            for modifier in modifiers { _ = type(of: modifier.value, at: expr.location) }
            check(body)
        case .invalid: break
        }
    }

    private func unify(_ left: CoreTerm, _ right: CoreTerm, at location: Location) {
        if case .local(let id) = left, types[id] == nil { return bind(left, type(of: right, at: location)) }
        if case .local(let id) = right, types[id] == nil { return bind(right, type(of: left, at: location)) }
        if let pairs = CoreTerm.pairs(left, right) {
            for pair in pairs { unify(pair.0, pair.1, at: location) }
            return
        }
        let leftType = type(of: left, at: location), rightType = type(of: right, at: location)
        if !leftType.overlaps(rightType) {
            report("match error\n\tleft  : \(leftType)\n\tright : \(rightType)", at: location)
        }
        bind(left, rightType)
        bind(right, leftType)
    }

    /// Gives the variables of a pattern that have no type yet the types they get from a value.
    func bind(_ pattern: CoreTerm, _ type: RegoType) {
        switch pattern {
        case .local(let id): if types[id] == nil { types[id] = type }
        case .array(let terms):
            for (index, term) in terms.enumerated() { bind(term, type.member(.int(Int64(index))) ?? .any) }
        case .object(let entries):
            for entry in entries {
                if case .constant(let key) = entry.key { bind(entry.value, type.member(key) ?? .any) } else { bind(entry.value, .any) }
            }
        case .constant, .set, .ref, .comprehension: break
        }
    }

    private func call(_ callee: CoreCallee, _ arguments: [CoreTerm], _ output: CoreTerm?, at location: Location) {
        let given = arguments.map { type(of: $0, at: location) }
        var result = RegoType.any
        switch callee {
        case .function(let path):
            if let place = checker.compilation.tree.place(path) { result = checker.document(at: place) }
        case .builtin(let name):
            guard let builtin = checker.compilation.builtins[name] else { break }
            result = builtin.isRelation ? .any : builtin.result ?? .any
            if !zip(builtin.arguments, given).allSatisfy({ $0.overlaps($1) }) {
                let have = given.map(\.description) + (output == nil ? [] : ["???"])
                let want = builtin.arguments.map(\.description) + (output == nil ? [] : [(builtin.result ?? .any).description])
                report(
                    "\(name): invalid argument(s)\n\thave: (\(have.joined(separator: ", ")))\n\twant: (\(want.joined(separator: ", ")))",
                    at: location)
            }
        }
        if let output {
            if case .local(let id) = output, types[id] == nil { types[id] = result } else { bind(output, result) }
        }
    }

    // MARK: Terms

    func type(of term: CoreTerm, at location: Location) -> RegoType {
        switch term {
        case .constant(let value): return RegoType(of: value)
        case .local(let id): return types[id] ?? .any
        case .array(let terms): return .array(static: terms.map { type(of: $0, at: location) }, dynamic: nil)
        case .set(let terms): return .set(of: .oneOf(terms.map { type(of: $0, at: location) }))
        case .object(let entries):
            var properties: [RegoType.Property] = []
            for entry in entries {
                guard case .constant(let key) = entry.key, key.kind == .string else { return .anyObject }
                properties.append(.init(key.string, type(of: entry.value, at: location)))
            }
            return .object(static: properties, dynamic: nil)
        case .comprehension(let inner): return comprehension(inner)
        case .ref(let head, let path): return reference(head, path, at: location)
        }
    }

    private func comprehension(_ inner: CoreComprehension) -> RegoType {
        let outer = types
        check(inner.body)
        let head = type(of: inner.head, at: inner.location)
        let key: RegoType = if let key = inner.key { type(of: key, at: inner.location) } else { .any }
        types = outer
        switch inner.kind {
        case .array: return .array(of: head)
        case .set: return .set(of: head)
        case .object: return .object(key, head)
        }
    }

    private func reference(_ head: CoreHead, _ path: [CoreTerm], at location: Location) -> RegoType {
        switch head {
        case .input: return follow(path[...], from: checker.inputType, at: location)
        case .local(let id): return follow(path[...], from: types[id] ?? .any, at: location)
        case .term(let term): return follow(path[...], from: type(of: term, at: location), at: location)
        case .data:
            var place = checker.compilation.tree
            for (index, term) in path.enumerated() {
                guard case .constant(let key) = term, key.kind == .string, let next = place.child(key.string) else { break }
                place = next
                if !place.rules.isEmpty || !place.dynamicRules.isEmpty {
                    let type = place.isFunction ? .any : checker.document(at: place)
                    return follow(path[(index + 1)...], from: type, at: location)
                }
            }
            return follow(path[path.count...], from: .any, at: location, binding: path)
        }
    }

    private func follow(
        _ path: ArraySlice<CoreTerm>, from start: RegoType, at location: Location, binding: [CoreTerm] = []
    ) -> RegoType {
        for term in binding { bind(term, .any) }
        var type = start
        for term in path {
            if case .constant(let key) = term {
                guard let next = type.member(key) else {
                    report(
                        "undefined ref: \(location.range(in: file).text)\n\thave: \(RegoTermWriter.string(key))\n\twant: \(type)",
                        at: location)
                    return .any
                }
                type = next
            } else {
                guard let step = type.iteration else {
                    report("undefined ref: \(location.range(in: file).text)\n\thave: \(type)", at: location)
                    return .any
                }
                bind(term, step.key)
                type = step.element
            }
        }
        return type
    }
}
