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
    /// What the input is presumed to be: what contradicts it is a warning, and nothing else is reported.
    let presumed: PresumedInput?
    /// By file: it is searched once, not for each of its bodies.
    private var fields: [ObjectIdentifier: PresumedField?] = [:]
    /// Rules that need each other's types: what lies deeper counts as `any` there, and is checked by itself.
    private static let maximumDepth = 256

    init(
        _ compilation: Compilation, inputType: RegoType = .any, schemas: SchemaSet? = nil, presumed: PresumedInput? = nil
    ) {
        self.compilation = compilation
        self.presumed = presumed
        annotations = SchemaAnnotations(compilation, schemas: schemas, inputType: inputType)
    }

    /// What is told of names in a file that no object has; nil when it is not about such objects.
    func field(of file: SourceFile) -> PresumedField? {
        guard let presumed else { return nil }
        if let known = fields[ObjectIdentifier(file)] { return known }
        let made = PresumedField(presumed, file)
        fields[ObjectIdentifier(file)] = .some(made)
        return made
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
        var types: [RegoType] = [], written: RegoType?
        for definition in place.rules + place.dynamicRules {
            for result in results(of: definition) {
                let leaf: RegoType = definition.rule.head.isPartialSet ? .set(of: result.head) : result.head
                types.append(result.tail.reversed().reduce(leaf) { .object($1, $0) })
                let rest = result.tail.dropFirst(result.keys.count).reversed().reduce(leaf) { .object($1, $0) }
                written = Self.put(rest, at: result.keys[...], in: written)
            }
        }
        let isDynamic = place.dynamicRules.contains { $0.tail.first?.isGround == false }
        if isDynamic {
            for key in place.childOrder { types.append(.object(.string, document(below: place, key))) }
        }
        visiting.remove(id)
        let hasParts = !place.isFunction && !(place.childOrder.isEmpty && place.dynamicRules.isEmpty)
        if place.dynamicRules.isEmpty || !place.rules.isEmpty { written = nil }
        for key in written == nil ? [] : place.childOrder {
            written = Self.put(document(below: place, key), at: [compilation.text(key)], in: written)
        }
        let type: RegoType = isDynamic ? Self.joined(types) : hasParts ? written ?? .any : .oneOf(types)
        documents[id] = type
        return type
    }

    /// A type with another one put below constant keys; there may be others beside them.
    private static func put(_ leaf: RegoType, at keys: ArraySlice<Value>, in type: RegoType?) -> RegoType {
        guard let key = keys.first else { return .oneOf([type, leaf].compactMap { $0 }) }
        var properties: [RegoType.Property] = []
        if case .object(let known, _)? = type { properties = known }
        let property = RegoType.Property(constant: key, .any)
        let index = properties.firstIndex { $0.isSameKey(as: property) }
        let below = put(leaf, at: keys.dropFirst(), in: index.map { properties[$0].type })
        if let index { properties[index].type = below } else { properties.append(.init(constant: key, below)) }
        return .object(static: properties, dynamic: .init(.any, .any))
    }

    private func document(below place: RuleTree, _ key: String) -> RegoType {
        guard let child = place.child(key), !child.isFunction else { return .any }
        return child.rules.isEmpty && child.dynamicRules.isEmpty ? parts(of: child) : document(at: child)
    }

    /// The type of a place that has no rules itself: an object of what is below, and of what data may add.
    func parts(of place: RuleTree) -> RegoType {
        let id = ObjectIdentifier(place)
        if let known = documents[id] { return known }
        let keys = place.childOrder.filter { place.child($0)?.isFunction == false }.sorted()
        let type = RegoType.object(
            static: keys.map { .init(constant: compilation.text($0), document(below: place, $0)) },
            dynamic: .init(.string, .any))
        documents[id] = type
        return type
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

    /// Types of a rule's element or value and of the keys of its ref, with those keys that stand first and are
    /// constants, for the rule and its `else` branches. A parameter has the type that the calls of builtins in the
    /// body ask of it.
    private func results(of definition: RuleDefinition) -> [(tail: [RegoType], keys: [Value], head: RegoType)] {
        let scope = annotations.scope(of: definition)
        return ([definition.rule] + definition.rule.elseRules).map { rule in
            let lowered = RuleLowering(compilation, definition).lower(rule)
            let body = BodyTypes(self, definition.module.file, lowered.locals, scope)
            body.check(lowered.body)
            note(lowered.arguments.map { body.type(of: $0, at: rule.head.location) }, of: definition)
            let tail = lowered.tail.map { body.type(of: $0, at: rule.head.location) }
            let keys = lowered.tail.prefix { if case .constant = $0 { true } else { false } }
                .compactMap { if case .constant(let key) = $0 { key } else { nil } }
            guard let head = lowered.key ?? lowered.value else { return (tail, keys, .any) }
            return (tail, keys, body.type(of: head, at: rule.head.location))
        }
    }
}
