import RegoSyntax

/// The rules that together define the document at a place below which keys are known only at evaluation.
struct Group {
    /// A document inside the group's whose ref is ground: evaluated on its own, then put at its path.
    struct Part {
        /// The rules; defaults left out where the part is covered.
        var place: RuleTree
        /// The keys after the constant path of `place`.
        var tail: [Term] = []
        /// Whether a rule with a variable in its ref stands above: as in OPA such a rule and all below it are looked up
        /// together, with neither defaults nor empty sets.
        var isCovered = false
    }

    private(set) var parts: [Part] = []
    /// Rules whose refs have variables.
    private(set) var dynamicRules: [RuleDefinition] = []
    /// Where an object is whether or not it has members, as keys after the group's place: above each part, and where rules
    /// whose refs have variables begin.
    private(set) var objects: [[Term]] = []
    /// Defaults of covered parts: checked, never run.
    private(set) var unusedRules: [RuleDefinition] = []
    /// Tells apart the groups of one place.
    private(set) var signature = ""

    /// Whether the rules at a place need grouping.
    static func isNeeded(at place: RuleTree) -> Bool {
        if !place.dynamicRules.isEmpty { return true }
        return !place.childOrder.isEmpty && !place.rules.isEmpty
    }

    /// The rules at `root` that can contribute to the document under `keys`.
    init(at root: RuleTree, matching keys: [String]) {
        let covering = Self.coveringPaths(from: root)
        var number = 0
        var chosen: [String] = []
        func choose(_ path: [String?], _ add: () -> Void) {
            if zip(path, keys).allSatisfy({ $0 == nil || $0 == $1 }) {
                add()
                chosen.append("\(number)")
            }
            number += 1
        }
        var functions: [[String]] = []
        root.forEachPlace { place in
            if place.isFunction, !Self.isCovered(Self.texts(place.path)[...], by: covering) { functions.append(place.path) }
            let relative = place.path.dropFirst(root.path.count).map { Optional($0) }
            if !place.rules.isEmpty, !place.isFunction { choose(relative) { add(place, covering) } }
            var grounds: [String: Part] = [:]
            var order: [String] = []
            for rule in place.dynamicRules {
                guard rule.isGround else {
                    choose(relative + rule.tail.map(\.stringKey)) { dynamicRules.append(rule) }
                    continue
                }
                let key = Self.text(rule.tail)
                if grounds[key] == nil {
                    order.append(key)
                    grounds[key] = Part(place: RuleTree(key: key, path: place.path), tail: rule.tail)
                }
                grounds[key]?.place.rules.append(rule)
            }
            for part in order.compactMap({ grounds[$0] }) {
                choose(relative + part.tail.map(\.stringKey)) { add(part.place, tail: part.tail, covering) }
            }
        }
        objects = objects(below: root.path.count, covering, functions)
        signature = chosen.joined(separator: ",")
    }

    private mutating func add(_ place: RuleTree, tail: [Term] = [], _ covering: Set<[String]>) {
        let path = Self.texts(place.path) + tail.map { ShapeText.describe($0.value) }
        guard Self.isCovered(path[...], by: covering) else {
            parts.append(Part(place: place, tail: tail))
            return
        }
        let part = RuleTree(key: place.key, path: place.path)
        for definition in place.rules {
            if definition.rule.isDefault {
                unusedRules.append(definition)
            } else {
                part.rules.append(definition)
            }
        }
        if !part.rules.isEmpty { parts.append(Part(place: part, tail: tail, isCovered: true)) }
    }

    /// The ground parts of the refs that have variables.
    private static func coveringPaths(from root: RuleTree) -> Set<[String]> {
        var paths = Set<[String]>()
        root.forEachPlace { place in
            for rule in place.dynamicRules where !rule.isGround {
                paths.insert(
                    texts(place.path) + rule.tail.prefix(while: \.isGround).map { ShapeText.describe($0.value) })
            }
        }
        return paths
    }

    private static func isCovered(_ path: ArraySlice<String>, by covering: Set<[String]>) -> Bool {
        (0...path.count).contains { covering.contains(Array(path.prefix($0))) }
    }

    private func objects(below depth: Int, _ covering: Set<[String]>, _ functions: [[String]]) -> [[Term]] {
        var found: [String: [Term]] = [:]
        func add(_ constant: [String], _ ground: [Term], _ location: Location) {
            let keys = constant.dropFirst(depth).map { Term(.string($0), location: location) } + ground
            if !keys.isEmpty { found[Self.text(keys)] = keys }
        }
        for rule in dynamicRules {
            let ground = Array(rule.tail.prefix(while: \.isGround))
            let path = Self.texts(rule.path) + ground.map { ShapeText.describe($0.value) }
            if !Self.isCovered(path.dropLast(), by: covering) { add(rule.path, ground, rule.rule.head.location) }
        }
        for path in functions { add(path.dropLast(), [], Location(start: 0, end: 0)) }
        for part in parts where !part.isCovered {
            let path = part.tail.isEmpty ? part.place.path.dropLast() : part.place.path
            add(path, part.tail.dropLast(), part.place.rules[0].rule.head.location)
        }
        return found.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func texts(_ path: [String]) -> [String] { path.map { ShapeText.describe(.string($0)) } }
    private static func text(_ terms: [Term]) -> String {
        terms.map { ShapeText.describe($0.value) }.joined(separator: ",")
    }
}

extension Term {
    fileprivate var stringKey: String? {
        if case .string(let key) = value { return key }
        return nil
    }
}
