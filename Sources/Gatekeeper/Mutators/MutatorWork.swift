import Documents
import JSONPatch

/// One mutator's work on one object: walks along the location and changes what it finds at its end.
///
/// What is missing on the way is made, unless a path test says otherwise; elements that `*` stands for are never made.
struct MutatorWork {
    typealias Problem = DocumentDraft.Problem

    private(set) var draft: DocumentDraft
    private let mutator: ObjectMutator
    private let steps: [MutatorLocation.Step]
    private let name: String
    private let namespace: String

    /// - Parameters: `name` and `namespace` are what `fromMetadata` gives.
    init(_ mutator: ObjectMutator, _ draft: DocumentDraft, name: String, namespace: String) {
        self.draft = draft
        self.mutator = mutator
        steps = mutator.location.steps
        self.name = name
        self.namespace = namespace
    }

    mutating func run() throws(Problem) { try walk(draft.root, 0, []) }

    private func isLast(_ step: Int) -> Bool { step == steps.count - 1 }

    /// - Parameters:
    ///   - value: what stands at `path` in the object.
    ///   - step: the number of the step that leads on from there.
    private mutating func walk(_ value: Value, _ step: Int, _ path: [String]) throws(Problem) {
        switch steps[step] {
        case .field(let name):
            guard value.kind == .object else { throw mismatch(value, path, "an object") }
            let next = value.field(named: name), exists = next.isDefined && next.kind != .null
            guard exists ? mutator.mayExist(step) : mutator.mayBeMissing(step) else { return }
            let place = path + [name]
            if isLast(step) {
                try set(next, exists, at: place)
            } else if exists {
                try walk(next, step + 1, place)
            } else if let made = made(step + 1) {
                try put(made, over: next, at: place)
            }
        case .element(let key, let wanted):
            guard value.kind == .array else { throw mismatch(value, path, "a list") }
            if isLast(step) { return try setElement(of: value, key, wanted, step, path) }
            if wanted == .all, !mutator.mayExist(step) { return }
            var isFound = false
            for (index, element) in value.elements.enumerated() {
                guard wanted == .all || element.kind == .object && wanted.matches(element.field(named: key)) else { continue }
                if !mutator.mayExist(step) { return }
                isFound = true
                try walk(element, step + 1, path + [String(index)])
            }
            if isFound || wanted == .all || !mutator.mayBeMissing(step) { return }
            if let element = madeElement(key, wanted, step) { try put(element, over: .undefined, at: path + ["-"]) }
        }
    }

    private func mismatch(_ value: Value, _ path: [String], _ wanted: String) -> Problem {
        let place = path.isEmpty ? "the object" : path.joined(separator: ".")
        return Problem(message: "\(place) is of type \(value.typeName), and the location needs \(wanted) there")
    }

    private mutating func put(_ value: Value, over old: Value, at path: [String]) throws(Problem) {
        try draft.apply(PatchOperation(kind: old.isDefined ? .replace : .add, path: path, value: value))
    }

    // MARK: The end of the location

    private mutating func set(_ current: Value, _ exists: Bool, at path: [String]) throws(Problem) {
        switch mutator.effect {
        case .assign, .assignMetadata:
            if let value = fresh, value != current { try put(value, over: current, at: path) }
        case .image(let parts):
            if exists, current.kind != .string { throw mismatch(current, path, "a text") }
            let value = draft.arena.string(parts.applied(to: exists ? current.string : ""))
            if value != current { try put(value, over: current, at: path) }
        case .merge(let values):
            guard exists else { return try put(draft.arena.array(values.map(draft.arena.copy)), over: current, at: path) }
            guard current.kind == .array else { throw mismatch(current, path, "a list") }
            var present = Set(current.elements)
            for value in values where present.insert(value).inserted {
                try put(draft.arena.copy(value), over: .undefined, at: path + ["-"])
            }
        case .prune(let values):
            guard exists else { return }
            guard current.kind == .array else { throw mismatch(current, path, "a list") }
            let unwanted = Set(values)
            for (index, value) in current.elements.enumerated().reversed() where unwanted.contains(value) {
                try draft.apply(PatchOperation(kind: .remove, path: path + [String(index)]))
            }
        }
    }

    /// Puts an object in place of the element of a name, or at the end of the list.
    private mutating func setElement(
        of list: Value, _ key: String, _ wanted: MutatorLocation.Wanted, _ step: Int, _ path: [String]
    ) throws(Problem) {
        guard let value = fresh else { return }
        for (index, element) in list.elements.enumerated() {
            guard element.kind == .object else { throw mismatch(element, path + [String(index)], "an object") }
            guard wanted.matches(element.field(named: key)) else { continue }
            if mutator.mayExist(step), element != value { try put(value, over: element, at: path + [String(index)]) }
            return
        }
        if mutator.mayBeMissing(step) { try put(value, over: .undefined, at: path + ["-"]) }
    }

    /// What stands at the end of the location where nothing was; nil when nothing is put there.
    private var fresh: Value? {
        switch mutator.effect {
        case .assign(let value): draft.arena.copy(value)
        case .assignMetadata(let field): draft.arena.string(field == "name" ? name : namespace)
        case .merge(let values): draft.arena.array(values.map(draft.arena.copy))
        case .prune: nil
        case .image(let parts): draft.arena.string(parts.applied(to: ""))
        }
    }

    // MARK: What is missing on the way

    /// A value that a step leads on from, made with what is at the location; nil when a test or `*` forbids it.
    private func made(_ step: Int) -> Value? {
        if !mutator.mayBeMissing(step) { return nil }
        switch steps[step] {
        case .field(let name):
            if isLast(step) { return draft.arena.object(fresh.map { [entry(name, $0)] } ?? []) }
            return made(step + 1).map { draft.arena.object([entry(name, $0)]) }
        case .element(let key, let wanted):
            if wanted == .all { return nil }
            let element = isLast(step) ? fresh : madeElement(key, wanted, step)
            return element.map { draft.arena.array([$0]) }
        }
    }

    private func madeElement(_ key: String, _ wanted: MutatorLocation.Wanted, _ step: Int) -> Value? {
        made(step + 1).map { rest in
            let others = zip(rest.keys, rest.values).filter { $0.0.stringValue != key }
            return draft.arena.object(
                [entry(key, wanted.value(in: draft.arena))] + others.map { ObjectEntry(key: $0.0, value: $0.1) })
        }
    }

    private func entry(_ key: String, _ value: Value) -> ObjectEntry { ObjectEntry(key: draft.arena.string(key), value: value) }
}
