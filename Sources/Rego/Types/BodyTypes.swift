import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax
import Text

/// The types of the variables of one body, in evaluation order.
final class BodyTypes {
    private let checker: TypeChecker
    private let file: SourceFile
    private let locals: LocalScope
    private var scope: SchemaScope
    var types: [VarID: RegoType] = [:]
    /// By variable, the relation whose tuples it holds.
    private var relations: [VarID: Builtin] = [:]
    /// The kinds that the body asks for: of the input, and of objects in variables.
    private var narrowing: Narrowing
    private var isQuiet = false
    /// Whether the types of variables stay unknown.
    private(set) var isBlind = false

    /// What bodies around a place say of the kinds of objects.
    private struct Narrowing {
        let field: PresumedField?
        /// Whether no annotation says what the input is.
        let isPresumed: Bool
        /// By variable, the path of its object and what the object is.
        var locals: [VarID: (path: [String], type: RegoType)] = [:]
        /// What the narrowest object is known to be; nil when it may be of any kind.
        var object: RegoType?
    }

    init(_ checker: TypeChecker, _ file: SourceFile, _ locals: LocalScope, _ scope: SchemaScope) {
        self.scope = scope
        self.checker = checker
        self.file = file
        self.locals = locals
        narrowing = Narrowing(
            field: checker.field(of: file),
            isPresumed: checker.presumed?.type == scope.input)
    }

    /// The paths below `data` that a `with` around the place replaces, with the types of what takes their places.
    private var replaced: [(path: [String], type: RegoType)] = []

    /// Goes through a body that OPA does not look at, but for rules and comprehensions in it: neither tells what does not fit nor
    /// finds out types of variables. What a schema of Kubernetes says is told all the same.
    private func quietly(_ work: () -> Void) {
        let before = (isQuiet, isBlind)
        if checker.presumed == nil { isQuiet = true }
        isBlind = isQuiet
        work()
        (isQuiet, isBlind) = before
    }

    /// Tells what does not fit although it is said in such a body.
    private func aloud(_ work: () -> RegoType) -> RegoType {
        let before = isQuiet
        isQuiet = false
        defer { isQuiet = before }
        return work()
    }

    private func report(_ message: String, at location: Location) {
        if isQuiet { return }
        var problem = Diagnostic(code: RegoCode.type, message: message, range: location.range(in: file))
        if checker.presumed != nil {
            // What any kind may have is not all: custom resources have other types under the same names.
            if narrowing.object == nil || narrowing.field?.isCertain != true { return }
            problem.severity = .warning
        }
        checker.compilation.report(problem)
    }

    func check(_ body: CoreBody) {
        narrow(body)
        for expr in body.exprs { check(expr) }
    }

    /// A body inside another one: the kinds it asks for are those of the objects in it only.
    private func checkInner(_ body: CoreBody) {
        let outer = (scope, narrowing)
        check(body)
        (scope, narrowing) = outer
    }

    /// Takes the kinds that a body asks for as given in all of it.
    private func narrow(_ body: CoreBody) {
        guard let presumed = checker.presumed else { return }
        for test in KindTests(body).tests {
            let place = Array(test.path.dropLast())
            let type = presumed.kind(test.names)
            switch test.head {
            case .input where narrowing.isPresumed:
                let named = presumed.kindPaths.first { $0.path == test.path }?.object
                guard let object = named ?? presumed.objectPaths.first(where: { $0 == place }) else { continue }
                scope.put(type ?? .any, at: ["input"] + object)
                narrowing.object = type
            case .local(let id):
                narrowing.locals[id] = (place, type ?? .any)
            case .input, .data, .term: continue
            }
        }
    }

    /// The type of a variable of which the body says what kind of object it holds.
    func narrowed(_ type: RegoType, of id: VarID) -> RegoType {
        guard let presumed = checker.presumed, let known = narrowing.locals[id] else { return type }
        let isObject = type.members.contains { $0 == presumed.object || $0 == presumed.element || $0 == presumed.type }
        if known.path.isEmpty, isObject {
            narrowing.object = known.type == .any ? nil : known.type
            return known.type
        }
        return type
    }

    /// Takes what is at a path as any, and what is around it as an object that has it.
    private func replace(_ path: [String], by value: RegoType) {
        if path.first == "data" { replaced.append((Array(path.dropFirst()), value)) }
        if path.count < (path.first == "data" ? 3 : 2) { return }
        let around = path.first == "input" ? scope.input : scope.document(Array(path.dropFirst()))?.type ?? .any
        if around == .any { scope.put(.any, at: path, beside: .string) }
    }

    private func check(_ expr: CoreExpr) {
        switch expr.kind {
        case .unify(let left, let right): unify(left, right, at: expr.location)
        case .call(let callee, let arguments, let output): call(callee, arguments, output, at: expr.location)
        case .test(let term): _ = type(of: term, at: expr.location)
        case .not(let body) where expr.isLogical: quietly { checkInner(body) }
        case .not(let body): checkInner(body)
        case .either(let left, let right):
            quietly {
                checkInner(left)
                checkInner(right)
            }
        case .every(let key, let value, let domain, let body):
            let domainType = type(of: domain, at: expr.location)
            if isUnknown(domain) { _ = take(.any, domain, of: .any) }
            // OPA does not infer the types of the variables from the domain.
            if checker.presumed != nil, let step = domainType.iteration {
                if let key { types[key] = step.key }
                types[value] = step.element
            }
            quietly { checkInner(body) }
        case .with(let modifiers, let body):
            let values = modifiers.map { type(of: $0.value, at: expr.location) }
            let outer = (scope, replaced)
            for (modifier, value) in zip(modifiers, values) where checker.presumed == nil {
                if let path = modifier.path { replace(path, by: value) }
            }
            checkInner(body)
            (scope, replaced) = outer
        case .invalid: break
        }
    }

    private func unify(_ left: CoreTerm, _ right: CoreTerm, at location: Location) {
        for term in [left, right] where leadsOnlyToFunctions(term) {
            // Nothing has the type of what is there.
            return report("match error\n\tleft  : ???\n\tright : ???", at: location)
        }
        let leftType = type(of: left, at: location), rightType = type(of: right, at: location)
        if isBlind || agree(left, leftType, right, rightType, at: location) { return }
        report("match error\n\tleft  : \(leftType.brief)\n\tright : \(rightType.brief)", at: location)
    }

    /// Whether a reference picks by a variable among functions and nothing else; a key that no function has is only undefined.
    private func leadsOnlyToFunctions(_ term: CoreTerm) -> Bool {
        guard case .ref(.data, let path) = term else { return false }
        var place = checker.compilation.tree
        for term in path {
            if case .constant(let key) = term, key.kind != .string { return false }
            guard case .constant(let key) = term else {
                let below = place.childOrder.compactMap { place.child($0) }
                return place !== checker.compilation.tree && place.rules.isEmpty && place.dynamicRules.isEmpty
                    && !below.isEmpty && below.allSatisfy(\.isFunction)
            }
            guard let next = place.child(key.string), !next.isFunction else { return false }
            place = next
        }
        return false
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
            (name, wanted, result) = (called, builtin.arguments, builtin.result ?? .any)
            if builtin.isRelation, case .local(let tuples) = output {
                relations[tuples] = builtin
                result = .array(of: result)
            } else if called == "internal.member_2", case .local(let id) = arguments[1], let relation = relations[id] {
                // What stands below `not` for the result of a relation.
                (name, wanted[0]) = (relation.name, relation.result ?? .any)
            }
        }
        let given = arguments.map { type(of: $0, at: location) }
        let answer = output.map { type(of: $0, at: location) }
        let isWritten = output.map { if case .local(let id) = $0 { types[id] != nil } else { true } } ?? false
        if isBlind { return }
        let fit = zip(arguments, zip(wanted, given)).allSatisfy { take($1.0, $0, of: $1.1) }
        if !fit || output.map({ take(result, $0, of: answer ?? .any) }) == false {
            let have = given.map(\.brief) + (output == nil ? [] : [isWritten ? answer!.brief : "???"])
            let want = wanted.map(\.brief) + (output == nil ? [] : [result.brief])
            report(
                "\(name): invalid argument(s)\n\thave: (\(have.joined(separator: ", ")))\n\twant: (\(want.joined(separator: ", ")))",
                at: location)
        }
    }

    // MARK: Terms

    func type(of term: CoreTerm, at location: Location) -> RegoType {
        switch term {
        case .constant(let value): return RegoType(of: value)
        case .local(let id): return types[id] ?? .any
        case .array(let terms): return .array(static: terms.map { type(of: $0, at: location) }, dynamic: nil)
        case .set(let terms): return .set(of: .oneOf(terms.filter { !isUnknown($0) }.map { type(of: $0, at: location) }))
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
            return .object(static: properties, dynamic: !keys.isEmpty ? .init(.oneOf(keys), .oneOf(values)) : nil)
        case .comprehension(let inner): return comprehension(inner)
        case .ref(let head, let path): return reference(head, path, at: location)
        }
    }

    private func comprehension(_ inner: CoreComprehension) -> RegoType {
        let outer = (types, scope, narrowing), (wasQuiet, wasBlind) = (isQuiet, isBlind)
        (isQuiet, isBlind) = (false, false)
        defer { (isQuiet, isBlind) = (wasQuiet, wasBlind) }
        check(inner.body)
        let head = type(of: inner.head, at: inner.location)
        let key: RegoType = if let key = inner.key { type(of: key, at: inner.location) } else { .any }
        (types, scope, narrowing) = outer
        switch inner.kind {
        case .array: return .array(of: head)
        case .set: return .set(of: head)
        case .object: return .object(key, head)
        }
    }

    private func reference(_ head: CoreHead, _ path: [CoreTerm], at location: Location) -> RegoType {
        switch head {
        case .input:
            // What is gone through, or taken by number, is a list of objects; a string names a member of one.
            guard let presumed = checker.presumed, narrowing.isPresumed, let first = path.first, !first.isConstant,
                isUnknown(first) || type(of: first, at: location) != .string
            else {
                return follow(path[...], from: scope.input, at: location)
            }
            bind(first, .number, at: location)
            return follow(path.dropFirst(), from: presumed.element, at: location)
        case .local(let id):
            // A variable of which nothing is known by now is any from here on; in a quiet body a known one is of outside.
            if types[id] == nil { types[id] = narrowed(.any, of: id) }
            return aloud { follow(path[...], from: types[id] ?? .any, at: location) }
        case .term(let term):
            if isUnknown(term) { _ = takeAll(term) }
            return follow(path[...], from: type(of: term, at: location), at: location)
        case .data:
            var place = checker.compilation.tree
            for (index, term) in path.enumerated() {
                guard case .constant(let key) = term, key.kind == .string, let next = place.child(key.string) else { break }
                place = next
                if place.isFunction {
                    return aloud {
                        report("function data.\(place.path.joined(separator: ".")) used as reference, not called", at: location)
                        return follow(path[path.count...], from: .any, at: location, binding: path)
                    }
                }
                let replacements = replaced.filter { $0.path == place.path }.map(\.type)
                if !place.rules.isEmpty || !place.dynamicRules.isEmpty {
                    if case .constant(let key)? = path[(index + 1)...].first, key.kind == .string, place.child(key.string) != nil
                    {
                        continue
                    }
                    let type = RegoType.oneOf([checker.document(at: place)] + replacements)
                    // OPA checks what is said of documents wherever it is said.
                    return aloud { follow(path[(index + 1)...], from: type, at: location) }
                }
                if !replacements.isEmpty {
                    return follow(path[(index + 1)...], from: .oneOf([.object(.string, .any)] + replacements), at: location)
                }
            }
            if place !== checker.compilation.tree, place.path.count == path.count { return checker.parts(of: place) }
            let keys = path.prefix { if case .constant(let key) = $0 { key.kind == .string } else { false } }
                .compactMap { if case .constant(let key) = $0 { key.string } else { nil } }
            if let (type, used) = scope.document(keys) { return follow(path[used...], from: type, at: location) }
            return follow(path[path.count...], from: .any, at: location, binding: path)
        }
    }

    private func undefined(_ key: Value, in type: RegoType, at location: Location) {
        if isQuiet { return }
        if checker.presumed != nil {
            guard let field = narrowing.field,
                let problem = field.problem(key, in: type, object: narrowing.object, at: location)
            else { return }
            return checker.compilation.report(problem)
        }
        let want = type.isBrief ? "want: \(type)" : "want (one of): \(type.keyNames)"
        var problem = Diagnostic(
            code: RegoCode.type,
            message: "undefined ref: \(location.range(in: file).text)\n\thave: \(RegoTermWriter.string(key))\n\t\(want)",
            range: location.range(in: file))
        if let name = key.stringValue, let near = Spelling.nearest(to: name, in: type.names), !type.isBrief {
            problem.hint = "did you mean \"\(near)\"?"
        }
        checker.compilation.report(problem)
    }

    /// Gives the variables of a key the types that keys have.
    private func bind(_ key: CoreTerm, _ type: RegoType, at location: Location) {
        if key.isConstant { return }
        let known = self.type(of: key, at: location)
        if take(type, key, of: known) { return }
        report(
            "undefined ref: \(location.range(in: file).text)\n\thave (type): \(known)\n\twant (type): \(type)", at: location)
    }

    private func follow(
        _ path: ArraySlice<CoreTerm>, from start: RegoType, at location: Location, binding: [CoreTerm] = []
    ) -> RegoType {
        for term in binding { bind(term, .any, at: location) }
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
                    undefined(key, in: type, at: location)
                    return .any
                }
                type = next
            } else {
                guard let step = type.iteration else {
                    report("undefined ref: \(location.range(in: file).text)\n\thave: \(type.brief)", at: location)
                    return .any
                }
                bind(term, step.key, at: location)
                type = step.element
            }
        }
        return type
    }
}

extension CoreWith {
    /// The path of a replaced document; nil for functions.
    fileprivate var path: [String]? {
        switch target {
        case .input(let path): ["input"] + path
        case .data(let path): ["data"] + path
        case .builtin, .function: nil
        }
    }
}

extension CoreTerm {
    fileprivate var isConstant: Bool { if case .constant = self { true } else { false } }
}
