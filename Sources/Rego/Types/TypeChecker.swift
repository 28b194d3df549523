import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// Infers the types of rules and reports calls, comparisons and references that can never succeed (OPA's `CheckTypes`).
final class TypeChecker {
    let compilation: Compilation
    private let annotations: SchemaAnnotations
    private var documents: [ObjectIdentifier: RegoType] = [:]
    /// What the functions of each place take, by position.
    private var parameters: [ObjectIdentifier: [RegoType]] = [:]
    private var visiting: Set<ObjectIdentifier> = []
    /// Rules that need each other's types: what lies deeper counts as `any` there, and is checked by itself.
    private static let maximumDepth = 256

    init(_ compilation: Compilation, inputType: RegoType = .any, schemas: SchemaSet? = nil) {
        self.compilation = compilation
        annotations = SchemaAnnotations(compilation, schemas: schemas, inputType: inputType)
    }

    /// Checks the body of a query.
    func check(_ query: LoweredQuery) {
        BodyTypes(self, query.file, query.locals, annotations.queryScope).check(query.body)
    }

    /// The types of what a query answers, by its columns.
    func types(of query: LoweredQuery) -> [RegoType] {
        let body = BodyTypes(self, query.file, query.locals, annotations.queryScope)
        body.check(query.body)
        return query.columns.map { body.types[$0.id] ?? .any }
    }

    /// Checks every rule.
    func check() {
        annotations.reportGlobal()
        compilation.tree.forEachPlace { place in
            if !place.rules.isEmpty || !place.dynamicRules.isEmpty { _ = document(at: place) }
        }
        // As OPA: what has a known type that is not a function's cannot be called.
        for call in compilation.ruleCalls {
            guard let place = compilation.tree.place(call.path), document(at: place) != .any else { continue }
            let name = call.path.joined(separator: ".")
            compilation.report(
                Diagnostic(
                    code: RegoCode.type, message: "undefined function data.\(name)", range: call.range,
                    hint: "\(call.path.last ?? "") is a rule, not a function"))
        }
    }

    /// The type of the document, or of the result of the function, that the rules at a place define.
    func document(at place: RuleTree) -> RegoType {
        let id = ObjectIdentifier(place)
        if let known = documents[id] { return known }
        guard visiting.count < Self.maximumDepth, visiting.insert(id).inserted else { return .any }
        var types: [RegoType] = []
        for definition in place.rules + place.dynamicRules {
            for result in results(of: definition) {
                let leaf: RegoType = definition.rule.head.isPartialSet ? .set(of: result.head) : result.head
                types.append(result.tail.reversed().reduce(leaf) { .object($1, $0) })
            }
        }
        let isDynamic = place.dynamicRules.contains { $0.tail.first?.isGround == false }
        if isDynamic {
            for key in place.childOrder { types.append(.object(.string, document(below: place, key))) }
        }
        visiting.remove(id)
        let hasParts = !place.isFunction && !(place.childOrder.isEmpty && place.dynamicRules.isEmpty)
        let type: RegoType = isDynamic ? Self.joined(types) : hasParts ? .any : .oneOf(types)
        documents[id] = type
        return type
    }

    private func document(below place: RuleTree, _ key: String) -> RegoType {
        guard let child = place.child(key), !child.isFunction else { return .any }
        return child.rules.isEmpty && child.dynamicRules.isEmpty ? .object(.string, .any) : document(at: child)
    }

    /// The object whose keys and values are those of any of the objects.
    private static func joined(_ objects: [RegoType]) -> RegoType {
        let steps = objects.map(\.iteration)
        return .object(.oneOf(steps.map { $0?.key ?? .any }), .oneOf(steps.map { $0?.element ?? .any }))
    }

    /// The types that the functions at a place take; nil while they are being inferred.
    func parameters(at place: RuleTree) -> [RegoType]? {
        _ = document(at: place)
        return visiting.contains(ObjectIdentifier(place)) ? nil : parameters[ObjectIdentifier(place)]
    }

    private func note(_ types: [RegoType], of definition: RuleDefinition) {
        guard !types.isEmpty, let place = compilation.tree.place(definition.path) else { return }
        let id = ObjectIdentifier(place)
        parameters[id] = parameters[id].map { zip($0, types).map { .oneOf([$0, $1]) } } ?? types
    }

    /// Types of a rule's element or value and of the keys of its ref, for the rule and its `else` branches. A parameter has
    /// the type that the calls of builtins in the body ask of it.
    private func results(of definition: RuleDefinition) -> [(tail: [RegoType], head: RegoType)] {
        let scope = annotations.scope(of: definition)
        return ([definition.rule] + definition.rule.elseRules).map { rule in
            let lowered = RuleLowering(compilation, definition).lower(rule)
            let body = BodyTypes(self, definition.module.file, lowered.locals, scope)
            body.check(lowered.body)
            note(lowered.arguments.map { body.type(of: $0, at: rule.head.location) }, of: definition)
            let tail = lowered.tail.map { body.type(of: $0, at: rule.head.location) }
            guard let head = lowered.key ?? lowered.value else { return (tail, .any) }
            return (tail, body.type(of: head, at: rule.head.location))
        }
    }
}

/// The types of the variables of one body, in evaluation order.
final class BodyTypes {
    private let checker: TypeChecker
    private let file: SourceFile
    private let locals: LocalScope
    private let scope: SchemaScope
    fileprivate private(set) var types: [VarID: RegoType] = [:]

    init(_ checker: TypeChecker, _ file: SourceFile, _ locals: LocalScope, _ scope: SchemaScope) {
        self.scope = scope
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
            // OPA does not infer the types of the variables from the domain.
            _ = type(of: domain, at: expr.location)
            if let key { types[key] = .any }
            types[value] = .any
            check(body)
        case .with(let modifiers, let body):
            for modifier in modifiers { _ = type(of: modifier.value, at: expr.location) }
            check(body)
        case .invalid: break
        }
    }

    private func unify(_ left: CoreTerm, _ right: CoreTerm, at location: Location) {
        for term in [left, right] where leadsOnlyToFunctions(term) {
            // Nothing has the type of what is there.
            return report("match error\n\tleft  : ???\n\tright : ???", at: location)
        }
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

    /// Whether a reference picks by a variable among functions and nothing else.
    private func leadsOnlyToFunctions(_ term: CoreTerm) -> Bool {
        guard case .ref(.data, let path) = term else { return false }
        var place = checker.compilation.tree
        for term in path {
            guard case .constant(let key) = term, key.kind == .string else {
                let below = place.childOrder.compactMap { place.child($0) }
                return place !== checker.compilation.tree && place.rules.isEmpty && place.dynamicRules.isEmpty
                    && !below.isEmpty && below.allSatisfy(\.isFunction)
            }
            guard let next = place.child(key.string), !next.isFunction else { return false }
            place = next
        }
        return false
    }

    /// Gives the variables of a pattern that have no type yet the types they get from a value.
    func bind(_ pattern: CoreTerm, _ type: RegoType) {
        switch pattern {
        case .local(let id): if types[id] == nil { types[id] = type }
        case .array(let terms):
            for (index, term) in terms.enumerated() { bind(term, type.member(.int(Int64(index))) ?? .any) }
        case .object(let entries):
            for entry in entries {
                if case .constant(let key) = entry.key {
                    bind(entry.value, type.member(key) ?? .any)
                } else {
                    bind(entry.value, .any)
                }
            }
        case .constant, .set, .ref, .comprehension: break
        }
    }

    private func call(_ callee: CoreCallee, _ arguments: [CoreTerm], _ output: CoreTerm?, at location: Location) {
        var name = "", result = RegoType.any, wanted: [RegoType] = []
        switch callee {
        case .function(let path):
            guard let place = checker.compilation.tree.place(path) else { break }
            name = "data." + path.joined(separator: ".")
            wanted = checker.parameters(at: place) ?? []
            result = checker.document(at: place)
        case .builtin(let called):
            guard let builtin = checker.compilation.builtins[called] else { break }
            (name, wanted) = (called, builtin.arguments)
            result = builtin.isRelation ? .any : builtin.result ?? .any
        }
        let given = arguments.map { type(of: $0, at: location) }
        let answer = output.map { type(of: $0, at: location) }
        if !zip(wanted, given).allSatisfy({ $0.overlaps($1) }) || answer.map(result.overlaps) == false {
            let isWritten = output.map { if case .local(let id) = $0 { types[id] != nil } else { true } } ?? false
            let have = given.map(\.description) + (output == nil ? [] : [isWritten ? answer!.description : "???"])
            let want = wanted.map(\.description) + (output == nil ? [] : [result.description])
            report(
                "\(name): invalid argument(s)\n\thave: (\(have.joined(separator: ", ")))\n\twant: (\(want.joined(separator: ", ")))",
                at: location)
        }
        for (argument, type) in zip(arguments, wanted) { bind(argument, type) }
        if let output { bind(output, result) }
    }

    // MARK: Terms

    func type(of term: CoreTerm, at location: Location) -> RegoType {
        switch term {
        case .constant(let value): return RegoType(of: value)
        case .local(let id): return types[id] ?? .any
        case .array(let terms): return .array(static: terms.map { type(of: $0, at: location) }, dynamic: nil)
        case .set(let terms): return .set(of: .oneOf(terms.map { type(of: $0, at: location) }))
        case .object(let entries):
            var properties: [RegoType.Property] = [], keys: [RegoType] = [], values: [RegoType] = []
            for entry in entries {
                let value = type(of: entry.value, at: location)
                if case .constant(let key) = entry.key {
                    properties.append(.init(constant: key, value))
                } else {
                    keys.append(type(of: entry.key, at: location))
                    values.append(value)
                }
            }
            let isOpen = entries.isEmpty || !keys.isEmpty
            return .object(static: properties, dynamic: isOpen ? .init(.oneOf(keys), .oneOf(values)) : nil)
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
        case .input: return follow(path[...], from: scope.input, at: location)
        case .local(let id): return follow(path[...], from: types[id] ?? .any, at: location)
        case .term(let term): return follow(path[...], from: type(of: term, at: location), at: location)
        case .data:
            var place = checker.compilation.tree
            for (index, term) in path.enumerated() {
                guard case .constant(let key) = term, key.kind == .string, let next = place.child(key.string) else { break }
                place = next
                if place.isFunction {
                    report("function data.\(place.path.joined(separator: ".")) used as reference, not called", at: location)
                    return follow(path[path.count...], from: .any, at: location, binding: path)
                }
                if !place.rules.isEmpty || !place.dynamicRules.isEmpty {
                    if case .constant(let key)? = path[(index + 1)...].first, key.kind == .string, place.child(key.string) != nil
                    {
                        continue
                    }
                    return follow(path[(index + 1)...], from: checker.document(at: place), at: location)
                }
            }
            if place !== checker.compilation.tree, place.path.count == path.count { return .object(.string, .any) }
            let keys = path.prefix { if case .constant(let key) = $0 { key.kind == .string } else { false } }
                .compactMap { if case .constant(let key) = $0 { key.string } else { nil } }
            if let (type, used) = scope.document(keys) { return follow(path[used...], from: type, at: location) }
            return follow(path[path.count...], from: .any, at: location, binding: path)
        }
    }

    private func follow(
        _ path: ArraySlice<CoreTerm>, from start: RegoType, at location: Location, binding: [CoreTerm] = []
    ) -> RegoType {
        for term in binding { bind(term, .any) }
        var type = start
        for term in path {
            if case .constant(let key) = term, key.isCollection {
                // As OPA: whether the collection can have such a key, and nothing of what is under it.
                if let step = type.iteration, step.key.overlaps(RegoType(of: key)) { return .any }
                report("undefined ref: \(location.range(in: file).text)\n\thave (type): \(RegoType(of: key))", at: location)
                return .any
            }
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
                if case .local(let id) = term, let known = types[id], !known.overlaps(step.key) {
                    report(
                        "undefined ref: \(location.range(in: file).text)\n\thave (type): \(known)\n\twant (type): \(step.key)",
                        at: location)
                }
                bind(term, step.key)
                type = step.element
            }
        }
        return type
    }
}
