import Diagnostics
import Documents
import Inputs

/// Reads a mutator; what Gatekeeper refuses is a problem with its place.
struct MutatorReader {
    private struct Broken: Error {}

    private let document: Document
    private let kind: String
    private var problem: Diagnostic?

    private init(_ document: Document) {
        self.document = document
        kind = document.root.field("kind").stringValue ?? ""
    }

    /// - Parameter exclusions: namespaces in which nothing is changed.
    static func read(
        _ document: Document, excluding exclusions: [NameGlob]
    ) -> (mutator: ObjectMutator?, problem: Diagnostic?) {
        var reader = MutatorReader(document)
        let mutator = try? reader.mutator(exclusions)
        return (reader.problem == nil ? mutator : nil, reader.problem)
    }

    private mutating func fail(_ message: String, _ steps: [DocumentPath.Step], hint: String? = nil) -> Broken {
        problem = problem ?? document.problem("mutator_error", message, at: steps, hint: hint)
        return Broken()
    }

    private static let spec = DocumentPath.Step.key("spec")
    private static let parameters: [DocumentPath.Step] = [.key("spec"), .key("parameters")]

    private mutating func mutator(_ exclusions: [NameGlob]) throws(Broken) -> ObjectMutator {
        let root = document.root, spec = root.field("spec")
        guard ObjectMutator.kinds.contains(kind) else {
            throw fail("\(kind) is no mutator; \(ObjectMutator.kinds.joined(separator: ", ")) are", [.key("kind")])
        }
        let version = GroupVersionKind(apiVersion: root.field("apiVersion").stringValue ?? "", kind: kind).version
        guard ObjectMutator.versions.contains(version) else {
            throw fail("the apiVersion of a mutator is \(ObjectMutator.group)/v1", [.key("apiVersion")])
        }
        let name = root.field("metadata").field("name").stringValue ?? ""
        if name.isEmpty || name.utf8.count > 63 {
            throw fail("the name of a mutator has 1 to 63 characters", [.key("metadata"), .key("name")])
        }
        guard spec.kind == .object else { throw fail("the mutator has no spec", [Self.spec]) }
        let location = try location(spec.field("location"), [Self.spec, .key("location")])
        try check(location)
        var first: (String, [DocumentPath.Step])?
        var match = ConstraintMatch(spec.field("match")) { first = first ?? ($0, [Self.spec, .key("match")] + $1) }
        if let first { throw fail(first.0, first.1) }
        match.exclude(exclusions)
        let effect = try effect(spec.field("parameters"), location)
        let isMetadata = kind == "AssignMetadata"
        let tests = isMetadata ? [location.steps.count - 1: false] : try tests(of: spec.field("parameters"), location)
        return ObjectMutator(
            document: document, kind: kind, name: name, location: location,
            targets: isMetadata ? nil : try targets(spec.field("applyTo")), match: match, effect: effect, tests: tests)
    }

    // MARK: Location

    private mutating func location(_ value: Value, _ path: [DocumentPath.Step]) throws(Broken) -> MutatorLocation {
        guard let text = value.stringValue else { throw fail("\(DocumentPath(path).fieldPath) is a text", path) }
        do { return try MutatorLocation(text) } catch {
            throw fail("\"\(text)\" is no location: \(error.message)", path, hint: "such as spec.containers[name: *].image")
        }
    }

    /// The rules of each kind about where it may change something.
    private mutating func check(_ location: MutatorLocation) throws(Broken) {
        let place = [Self.spec, .key("location")], steps = location.steps
        if kind == "AssignMetadata" {
            let isOwn =
                steps.count == 3 && location.isMetadata && (steps[1] == .field("labels") || steps[1] == .field("annotations"))
            guard isOwn, case .field = steps[2] else {
                throw fail(
                    "an AssignMetadata sets a label or an annotation: metadata.labels.NAME or metadata.annotations.NAME", place)
            }
            return
        }
        if location.isMetadata {
            throw fail(
                "the metadata of objects is changed by AssignMetadata alone", place,
                hint: "an AssignMetadata adds labels and annotations")
        }
        if case .element(_, let wanted) = steps[steps.count - 1] {
            if kind != "Assign" {
                throw fail("the location of \(Self.named(kind)) ends with a field, not with an element", place)
            }
            if wanted == .all { throw fail("an Assign cannot put its value in place of all elements", place) }
        }
        if kind != "ModifySet", steps.count > 1, case .element(let key, _) = steps[steps.count - 2],
            steps[steps.count - 1] == .field(key)
        {
            throw fail("\(key) names the elements of the list and cannot be changed", place)
        }
    }

    private static func named(_ kind: String) -> String { kind.hasPrefix("A") ? "an \(kind)" : "a \(kind)" }

    private mutating func tests(of parameters: Value, _ location: MutatorLocation) throws(Broken) -> [Int: Bool] {
        let path = Self.parameters + [.key("pathTests")]
        var tests: [Int: Bool] = [:]
        for (index, item) in try list(parameters.field("pathTests"), path).enumerated() {
            let own = path + [.index(index)]
            let part = try self.location(item.field("subPath"), own + [.key("subPath")])
            guard location.begins(with: part) else {
                throw fail("the subPath is not the beginning of the location", own + [.key("subPath")])
            }
            let mustExist: Bool
            switch item.field("condition").stringValue {
            case "MustExist": mustExist = true
            case "MustNotExist": mustExist = false
            default: throw fail("a condition is MustExist or MustNotExist", own + [.key("condition")])
            }
            let step = part.steps.count - 1
            if let other = tests[step], other != mustExist { throw fail("a path must both exist and not exist", own) }
            tests[step] = mustExist
        }
        let (absent, present) = (tests.filter { !$0.value }.keys.min(), tests.filter(\.value).keys.max())
        if let absent, let present, present > absent {
            throw fail("a path must exist in one that must not", path)
        }
        return tests
    }

    private mutating func targets(_ value: Value) throws(Broken) -> [ObjectMutator.Target] {
        let path = [Self.spec, .key("applyTo")]
        let items = try list(value, path)
        if items.isEmpty { throw fail("applyTo is missing: it says which kinds \(Self.named(kind)) changes", path) }
        var targets: [ObjectMutator.Target] = []
        for (index, item) in items.enumerated() {
            let own = path + [.index(index)]
            let target = ObjectMutator.Target(
                groups: try texts(item.field("groups"), own + [.key("groups")]),
                versions: try texts(item.field("versions"), own + [.key("versions")]),
                kinds: try texts(item.field("kinds"), own + [.key("kinds")]),
                operations: try texts(item.field("operations"), own + [.key("operations")]))
            if target.groups.isEmpty || target.versions.isEmpty || target.kinds.isEmpty {
                throw fail("an item of applyTo needs groups, versions and kinds", own)
            }
            let known = ["CREATE", "UPDATE", "DELETE", "CONNECT"]
            if let other = target.operations.first(where: { !known.contains($0) }) {
                throw fail(
                    "there is no operation \"\(other)\"; it is \(known.joined(separator: ", "))", own + [.key("operations")])
            }
            targets.append(target)
        }
        return targets
    }

    // MARK: Effect

    private mutating func effect(_ parameters: Value, _ location: MutatorLocation) throws(Broken) -> ObjectMutator.Effect {
        switch parameters.kind {
        case .object, .undefined, .null: break
        default: throw fail("parameters is an object", Self.parameters)
        }
        switch kind {
        case "ModifySet": return try set(parameters)
        case "AssignImage":
            let parts = ImageParts(
                domain: try text(parameters, "assignDomain"), path: try text(parameters, "assignPath"),
                tag: try text(parameters, "assignTag"))
            if let problem = parts.problem {
                throw fail(problem.message, Self.parameters + (problem.parameter.isEmpty ? [] : [.key(problem.parameter)]))
            }
            return .image(parts)
        default: return try assignment(parameters.field("assign"), location)
        }
    }

    private mutating func assignment(_ assign: Value, _ location: MutatorLocation) throws(Broken) -> ObjectMutator.Effect {
        let path = Self.parameters + [.key("assign")]
        func isSet(_ name: StaticString) -> Bool {
            assign.kind == .object && ![.undefined, .null].contains(assign.field(name).kind)
        }
        if isSet("externalData") {
            throw fail(
                "externalData asks a server while objects are changed, which Lintel does not do", path + [.key("externalData")],
                hint: "leave the mutator out, or give it a value")
        }
        let (hasValue, hasMetadata) = (isSet("value"), isSet("fromMetadata"))
        if hasValue == hasMetadata { throw fail("assign needs one of value and fromMetadata", path) }
        let last = location.steps[location.steps.count - 1]
        if hasMetadata {
            let field = assign.field("fromMetadata").field("field").stringValue ?? ""
            guard ["name", "namespace"].contains(field) else {
                throw fail("the field of fromMetadata is name or namespace", path + [.key("fromMetadata")])
            }
            if case .element = last { throw fail("an element of a list cannot be a name", path + [.key("fromMetadata")]) }
            return .assignMetadata(field)
        }
        let value = assign.field("value")
        if kind == "AssignMetadata", value.kind != .string {
            throw fail("the value of an AssignMetadata is a text", path + [.key("value")])
        }
        if case .element(let key, let wanted) = last {
            guard value.kind == .object, wanted.matches(value.field(named: key)) else {
                throw fail("the value is not an object with the \(key) that the location names", path + [.key("value")])
            }
        }
        return .assign(value)
    }

    private mutating func set(_ parameters: Value) throws(Broken) -> ObjectMutator.Effect {
        let path = Self.parameters + [.key("values"), .key("fromList")]
        let values = parameters.field("values").field("fromList")
        guard values.kind == .array else { throw fail("values.fromList is the list of what a ModifySet adds or removes", path) }
        switch try text(parameters, "operation") {
        case "", "merge": return .merge(Array(values.elements))
        case "prune": return .prune(Array(values.elements))
        default: throw fail("the operation of a ModifySet is merge or prune", Self.parameters + [.key("operation")])
        }
    }

    // MARK: Values

    private mutating func list(_ value: Value, _ path: [DocumentPath.Step]) throws(Broken) -> [Value] {
        switch value.kind {
        case .undefined, .null: return []
        case .array: return Array(value.elements)
        default: throw fail("\(DocumentPath(path).fieldPath) is a list", path)
        }
    }

    private mutating func texts(_ value: Value, _ path: [DocumentPath.Step]) throws(Broken) -> [String] {
        let items = try list(value, path)
        let texts = items.compactMap(\.stringValue)
        if texts.count < items.count { throw fail("\(DocumentPath(path).fieldPath) is a list of texts", path) }
        return texts
    }

    private mutating func text(_ parameters: Value, _ name: String) throws(Broken) -> String {
        let value = parameters.field(named: name)
        switch value.kind {
        case .undefined, .null: return ""
        case .string: return value.string
        default: throw fail("\(name) is a text", Self.parameters + [.key(name)])
        }
    }
}
