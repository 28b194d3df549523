import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax
import Text

/// Decides which functions the program has, plans them on demand and gathers the program's tables.
final class Planner {
    let compilation: Compilation
    let options: CompileOptions
    private(set) var functions: [PlannedFunction] = []
    private(set) var nodes: [RuleTree] = []
    private(set) var marks: [Program.Mark] = []
    private var waiting: [Int] = []
    private var functionIDs: [ExactText: Int] = [:]
    private var nodeIDs: [ObjectIdentifier: Int] = [:]
    private var constants: [Value] = []
    /// Constants are shared when they are the same bits, not when they are equal: `1` and `1.0` print differently.
    private var constantIDs: [WordPair: UInt32] = [:]
    private var paths: [[WordPair]: UInt32] = [:]
    private var shapes: [[WordPair]: UInt32] = [:]
    private var builtinIDs: [String: Int] = [:]
    private var builtins: [Builtin] = []
    private var withSites: [[CoreWith]] = []
    /// The branches of functions, which may be asked for by each call, by definition and place.
    private var loweredFunctions: [WordPair: LoweredRule] = [:]
    private var shortFunctions: [[String]: ShortFunction?] = [:]
    private var ruleLabels: [ObjectIdentifier: Value?] = [:]
    private lazy var labelled = Metadata(arena: compilation.arena).labelled(compilation.modules)
    private var current = 0

    init(_ compilation: Compilation, options: CompileOptions) {
        self.compilation = compilation
        self.options = options
        for name in ["plus", "minus", "mul", "div", "rem"] { _ = builtin(name) }
    }

    // MARK: Constants and builtins

    func constant(_ value: Value) -> UInt32 {
        if options.recordsInputUse, functions.indices.contains(current) {
            functions[current].dependencies.inputUse.addTexts(of: value)
        }
        let key = WordPair(value.identity)
        if let known = constantIDs[key] { return known }
        let id = UInt32(constants.count) | Operand.constantBit
        constants.append(value)
        constantIDs[key] = id
        return id
    }

    /// The constant array of the keys of a path.
    func path(_ keys: [Value]) -> UInt32 {
        let words = keys.map { WordPair($0.identity) }
        if let known = paths[words] { return known }
        let path = constant(array(keys))
        paths[words] = path
        return path
    }

    /// The constant that gives objects their keys, which are sorted.
    func shape(_ keys: [Value]) -> UInt32 {
        let words = keys.map { WordPair($0.identity) }
        if let known = shapes[words] { return known }
        let shape = constant(object(keys.map { ObjectEntry(key: $0, value: .null) }))
        shapes[words] = shape
        return shape
    }

    func text(_ text: String) -> Value { compilation.text(text) }
    func array(_ values: [Value]) -> Value { compilation.arena.array(values) }
    func object(_ entries: [ObjectEntry]) -> Value { compilation.arena.object(entries) }

    func builtin(_ name: String) -> Int {
        if functions.indices.contains(current) { functions[current].dependencies.builtins.insert(name) }
        if let known = builtinIDs[name] { return known }
        guard let builtin = compilation.builtins[name] else {
            builtinIDs[name] = builtins.count
            builtins.append(Builtin(name, returns: .any) { $0.fail("\(name) is not available") })
            return builtins.count - 1
        }
        builtinIDs[name] = builtins.count
        builtins.append(builtin)
        return builtins.count - 1
    }

    func isReplaceable(builtin name: String) -> Bool { compilation.replaced.builtins.contains(name) }
    func isReplaceable(function path: [String]) -> Bool { compilation.replaced.covers(path) }

    // MARK: Functions

    /// The function that user code calls with arguments.
    func function(at path: [String]) -> Int {
        guard let place = compilation.tree.place(path), place.isFunction else {
            // Callers have looked; should compiler and tree ever disagree, that is a problem to report and nothing runs.
            compilation.report(
                Diagnostic(code: RegoCode.type, message: "undefined function data.\(path.joined(separator: "."))"))
            return max(current, 0)
        }
        return plan("f:" + path.joined(separator: "\u{0}"), .function(place), path: path)
    }

    /// A rule or `else` branch, lowered once: what is wrong in it is reported once.
    func lowered(_ rule: Rule, of definition: RuleDefinition) -> LoweredRule {
        guard definition.isFunction else { return RuleLowering(compilation, definition).lower(rule) }
        let key = WordPair((UInt64(UInt(bitPattern: ObjectIdentifier(definition))), UInt64(rule.location.start)))
        if let known = loweredFunctions[key] { return known }
        let lowered = RuleLowering(compilation, definition).lower(rule)
        loweredFunctions[key] = lowered
        return lowered
    }

    /// A function that may stand in place of its calls; nil when a `with`, marks or origins need the calls.
    func shortFunction(at path: [String]) -> ShortFunction? {
        if options.isInstrumented || options.recordsOrigins || isReplaceable(function: path) { return nil }
        if let known = shortFunctions[path] { return known }
        let found = compilation.tree.place(path).flatMap { place in
            place.rules.contains { labels(of: $0) != nil } ? nil : ShortFunction(place, self)
        }
        shortFunctions[path] = .some(found)
        return found
    }

    /// Emitting the function took too many steps to do so again.
    func markAsLong(_ path: [String]) { shortFunctions[path] = .some(nil) }

    private func plan(_ key: String, _ kind: PlannedFunction.Kind, path: [String]) -> Int {
        if let known = functionIDs[ExactText(key)] { return known }
        let id = functions.count
        functionIDs[ExactText(key)] = id
        functions.append(PlannedFunction(kind: kind, path: path))
        waiting.append(id)
        return id
    }

    /// The function of the virtual document at a place with rules.
    func document(at place: RuleTree, keys: [String?] = []) -> Int {
        let name = place.path.joined(separator: "\u{0}")
        guard Group.isNeeded(at: place) else { return rule(at: place) }
        let group = Group(at: place, matching: keys)
        return plan("g:\(name):\(group.signature)", .group(place, group), path: place.path)
    }

    /// The function of the rules of constant path at a place, group or not.
    func rule(at place: RuleTree) -> Int {
        plan("r:" + place.path.joined(separator: "\u{0}"), .rule(place), path: place.path)
    }

    /// The function of a part of a group.
    func function(of part: Group.Part) -> Int {
        if part.tail.isEmpty, !part.isCovered { return rule(at: part.place) }
        let name = part.place.path.joined(separator: "\u{0}")
        let key = "p:\(name):\(part.tail.map { ShapeText.describe($0.value) }.joined(separator: ",")):\(part.isCovered)"
        return plan(key, .rule(part.place), path: part.place.path)
    }

    /// Adds a query; its function returns one row for each solution.
    func query(_ query: LoweredQuery) -> Int {
        plan("q:\(functions.count)", .query(query), path: [])
    }

    /// What a constant path below `data` leads to.
    enum Resolution {
        /// A rule's document, after `used` keys.
        case function(Int, used: Int, isReplaceable: Bool)
        /// A place above rules, after `used` keys.
        case node(Int, used: Int)
        /// Base documents only.
        case base
    }

    /// - Parameter rest: the keys that follow, nil for those known only at evaluation. Within the rules of a place they tell
    ///   which of these are meant, so that `p[x].foo` may use `p[y].bar`.
    func resolve(_ keys: [String], rest: [String?] = []) -> Resolution {
        var place = compilation.tree
        for (index, key) in keys.enumerated() {
            guard let next = place.child(key) else { return .base }
            place = next
            if place.isFunction { return .base }
            if !place.rules.isEmpty || !place.dynamicRules.isEmpty {
                let function = document(
                    at: place, keys: keys[(index + 1)...].map { Optional($0) } + (isWithin(place) ? rest : []))
                return .function(function, used: index + 1, isReplaceable: compilation.replaced.covers(place.path))
            }
        }
        return .node(node(place), used: keys.count)
    }

    /// Whether the function being planned is of the rules at a place.
    private func isWithin(_ place: RuleTree) -> Bool {
        functions.indices.contains(current) && functions[current].path == place.path
    }

    private func node(_ place: RuleTree) -> Int {
        if let known = nodeIDs[ObjectIdentifier(place)] { return known }
        let id = nodes.count
        nodeIDs[ObjectIdentifier(place)] = id
        nodes.append(place)
        for key in place.childOrder {
            let child = place.child(key)!
            if child.isFunction { continue }
            if child.rules.isEmpty, child.dynamicRules.isEmpty { _ = node(child) } else { _ = document(at: child) }
        }
        return id
    }

    // MARK: Dependencies of the function being planned

    func depend(on function: Int) { functions[current].dependencies.functions.insert(function) }
    /// - Parameter path: what follows `input`.
    func dependOnInput(_ path: [CoreTerm]) {
        functions[current].dependencies.usesInput = true
        if options.recordsInputUse { functions[current].dependencies.inputUse.add(path) }
    }

    /// How a function and all that it calls use the input.
    func inputUse(of function: Int) -> InputUse {
        var use = InputUse(), seen: Set<Int> = [function], waiting = [function]
        while let next = waiting.popLast() {
            use.formUnion(functions[next].dependencies.inputUse)
            for callee in functions[next].dependencies.functions where seen.insert(callee).inserted { waiting.append(callee) }
        }
        return use
    }
    func dependOnData(_ path: [String]) { functions[current].dependencies.dataPaths.insert(path) }

    /// A reference through places above rules: every rule the path may name.
    func dependOnNode(_ path: [CoreTerm]) {
        var prefix: [String] = []
        for term in path {
            guard case .constant(let key) = term, key.kind == .string else { break }
            prefix.append(key.string)
        }
        dependOnData(prefix)
        visitMatching(compilation.tree, path[...])
    }

    private func visitMatching(_ place: RuleTree, _ path: ArraySlice<CoreTerm>) {
        if place.isFunction {
            functions[current].dependencies.mentionedFunctions.insert(place.path)
            return
        }
        if !place.rules.isEmpty || !place.dynamicRules.isEmpty { return depend(on: document(at: place)) }
        if case .constant(let key)? = path.first {
            if key.kind == .string, let child = place.child(key.string) { visitMatching(child, path.dropFirst()) }
            return
        }
        for key in place.childOrder { visitMatching(place.child(key)!, path.dropFirst()) }
    }

    /// For a place that some `with` replaces, or that stands below such a one: the node above the highest of them, and the
    /// number of keys that lead there. From it on each step looks whether it is replaced.
    func startBelowReplaced(_ keys: [String]) -> (node: Int, used: Int)? {
        guard let depth = (1...max(keys.count, 1)).first(where: { compilation.replaced.covers(Array(keys.prefix($0))) }) else {
            return nil
        }
        guard let place = compilation.tree.place(Array(keys.prefix(depth - 1))) else { return nil }
        return (self.node(place), depth - 1)
    }

    // MARK: with and marks

    func withSite(_ modifiers: [CoreWith]) -> Int {
        withSites.append(modifiers)
        functions[current].dependencies.withSites.append(withSites.count - 1)
        for modifier in modifiers {
            if case .function(let path)? = modifier.standIn { depend(on: function(at: path)) }
            if case .builtin(let name)? = modifier.standIn { _ = builtin(name) }
            // A rule that replaces what it is part of is recursive, as in OPA.
            if case .data(let path) = modifier.target {
                visitMatching(compilation.tree, path.map { CoreTerm.constant(text($0)) }[...])
            }
            if case .function(let path) = modifier.target {
                functions[current].dependencies.mentionedFunctions.insert(path)
            }
        }
        return withSites.count - 1
    }

    func instrument(_ expr: CoreExpr, in emitter: FunctionEmitter) {
        guard options.isInstrumented else { return }
        instrument(.expression, at: expr.location, in: emitter)
    }

    /// Marks an inner body, which stands from its first expression to the end of its last.
    func instrument(_ kind: Program.Mark.Kind, of body: CoreBody, in emitter: FunctionEmitter) {
        guard let first = body.exprs.first, let last = body.exprs.last else { return }
        let location = Location(start: first.location.start, end: max(first.location.end, last.location.end))
        instrument(kind, at: location, in: emitter)
    }

    /// The labels of a rule's annotations, when they are to be recorded.
    func labels(of definition: RuleDefinition) -> Value? {
        guard options.recordsLabels else { return nil }
        let key = ObjectIdentifier(definition)
        if let known = ruleLabels[key] { return known }
        let found = Metadata(arena: compilation.arena).labels(definition, among: labelled)
        ruleLabels[key] = .some(found)
        return found
    }

    /// Has the machine remember the labels of a rule, whose value is found.
    func recordLabels(of definition: RuleDefinition, in emitter: FunctionEmitter) {
        guard let labels = labels(of: definition) else { return }
        // What is kept from input to input records nothing.
        functions[current].dependencies.usesInput = true
        emitter.emit(.recordLabels, b: emitter.constant(labels))
    }

    func instrument(_ kind: Program.Mark.Kind, at location: Location, in emitter: FunctionEmitter) {
        guard options.isInstrumented else { return }
        let variables = emitter.operands.compactMap { id, operand -> (name: String, operand: Int)? in
            let variable = emitter.locals.variables[id]
            return variable.isGenerated ? nil : (variable.name, Int(operand))
        }
        emitter.emit(.mark, b: UInt32(marks.count))
        marks.append(
            Program.Mark(
                kind: kind, range: location.range(in: emitter.file), variables: variables.sorted { $0.name < $1.name }))
    }

    /// The number of the function at a path, when it was planned.
    func knownFunction(at path: [String]) -> Int? { functionIDs[ExactText("f:" + path.joined(separator: "\u{0}"))] }

    // MARK: The program

    /// The function that answers for a constant path below `data`, or nil when there are no rules.
    func entrypoint(_ keys: [String]) -> Int? {
        guard let place = compilation.tree.place(keys), !place.isFunction else { return nil }
        if !place.rules.isEmpty || !place.dynamicRules.isEmpty { return document(at: place) }
        return nil
    }

    /// The function of some definitions of a rule, as if the others did not exist; nil when there are none, or when the
    /// rule's document is put together from several places.
    func entrypoint(_ part: RulePart) -> Int? {
        let keys = part.path.split(separator: ".").dropFirst().map(String.init)
        guard let place = compilation.tree.place(keys), !place.isFunction, !Group.isNeeded(at: place) else { return nil }
        let numbers = place.rules.indices.filter { part.contains(place.rules[$0]) }
        if numbers.isEmpty { return nil }
        let own = RuleTree(key: place.key, path: place.path)
        own.rules = numbers.map { place.rules[$0] }
        let name = place.path.joined(separator: "\u{0}") + ":" + numbers.map(String.init).joined(separator: ",")
        return plan("p:" + name, .rule(own), path: place.path)
    }

    /// Asks for every rule and function, so that all are checked.
    func planEverything() {
        compilation.tree.forEachPlace { place in
            if place.isFunction {
                _ = function(at: place.path)
            } else if !place.rules.isEmpty || !place.dynamicRules.isEmpty {
                _ = document(at: place)
            }
        }
    }

    /// Plans everything that was asked for.
    func planAll() {
        while let next = waiting.popLast() {
            current = next
            let emitter = RuleEmitter(planner: self).emit(functions[next])
            if emitter.isTooLarge, let range = emitter.lines.first?.range {
                compilation.report(
                    Diagnostic(
                        code: RegoCode.compile, message: "\(functions[next].name) is too large to compile", range: range,
                        hint: "split it into several rules, or move its data into a data file"))
            }
            functions[next].code = emitter.instructions
            functions[next].lines = emitter.lines
            functions[next].registerCount = emitter.nextRegister
        }
        current = -1
    }

    /// The finished program; `planAll` must have run and no error been reported.
    func program() -> Program {
        var instructions: [Instruction] = [], lines: [Program.LineEntry] = [], table: [Program.Function] = []
        let dependencies = DependencyClosure(
            functions,
            isNondeterministic: { [compilation] name in
                // A builtin without a result is called for its effect, which must happen each time.
                compilation.builtins[name].map { $0.isNondeterministic || $0.result == nil } ?? false
            })
        for (id, function) in functions.enumerated() {
            let start = instructions.count
            for line in function.lines { lines.append(.init(start: start + line.start, range: line.range)) }
            for var instruction in function.code {
                if instruction.operation.hasTarget { instruction.target += UInt32(start) }
                instructions.append(instruction)
            }
            table.append(
                Program.Function(
                    name: text(function.name), path: array(function.path.map(text)), start: start,
                    registerCount: function.registerCount, argumentCount: function.argumentCount,
                    dependsOnInput: dependencies.dependsOnInput(id),
                    isHeavy: function.code.contains { $0.operation.isHeavy }))
        }
        let sites = withSites.map { site($0, dependencies) }
        return Program(
            instructions: instructions, arena: compilation.arena, constants: constants, functions: table,
            nodes: nodes.map(nodeInfo), withSites: sites, builtins: builtins, marks: marks, lines: lines)
    }

    private func nodeInfo(_ place: RuleTree) -> Program.Node {
        var keys: [Value] = [], children: [Program.Node.Child] = []
        for key in place.childOrder {
            let child = place.child(key)!
            if child.isFunction { continue }
            keys.append(text(key))
            let isRule = !child.rules.isEmpty || !child.dynamicRules.isEmpty
            children.append(isRule ? .function(document(at: child)) : .node(node(child)))
        }
        return Program.Node(path: place.path.map(text), childKeys: keys, children: children, in: compilation.arena)
    }

    private func site(_ modifiers: [CoreWith], _ dependencies: DependencyClosure) -> Program.WithSite {
        var affected = Set<Int>()
        let targets = modifiers.map { modifier -> Program.WithSite.Target in
            affected.formUnion(dependencies.affected(by: modifier.target))
            switch modifier.target {
            case .input(let path): return .input(path: path.map(text))
            case .data(let path):
                let covered = functions.indices.filter { functions[$0].path.starts(with: path) && !functions[$0].path.isEmpty }
                let places = nodes.indices.filter { nodes[$0].path.starts(with: path) }
                return .data(path: path.map(text), functions: Set(covered), nodes: Set(places))
            case .builtin(let name): return .builtin(builtinIDs[name] ?? -1, by: replacement(modifier))
            case .function(let path):
                return .function(functionIDs[ExactText("f:" + path.joined(separator: "\u{0}"))] ?? -1, by: replacement(modifier))
            }
        }
        return Program.WithSite(targets: targets, affected: affected.sorted())
    }

    private func replacement(_ modifier: CoreWith) -> Program.WithSite.Replacement {
        switch modifier.standIn {
        case .builtin(let name): .builtin(builtin(name))
        case .function(let path): .function(function(at: path))
        case nil: .value
        }
    }
}

extension Instruction.Operation {
    /// Whether it takes longer than a look into a memo.
    var isHeavy: Bool {
        switch self {
        case .callBuiltin, .callBuiltinReplaceable, .loopNext: true
        default: false
        }
    }

    /// Whether `target` is a place in the function.
    var hasTarget: Bool {
        switch self {
        case .move, .makeArray, .makeSet, .makeObject, .makeRecord, .collectBegin, .collect, .collectPair, .sealArray, .sealSet,
            .sealObject, .sealGroups, .group, .collectPath, .sealPaths, .assign, .clear, .returnValue, .returnUndefined,
            .withBegin,
            .withEnd, .mark, .readMode, .recordOrigin, .recordLabels, .operands:
            false
        default: true
        }
    }
}
