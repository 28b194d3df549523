import Diagnostics
import Documents
public import RegoRuntime
public import RegoSyntax

/// What compiled rules use of `input`, directly and through all that they call.
public struct InputUse: Sendable, Hashable {
    /// Members that are named: `request` for `input.request.object` and `input["request"]`.
    public internal(set) var members: Set<String> = []
    /// Whether `input` is used as a whole, such as an argument of a function.
    public internal(set) var usesWhole = false
    /// Whether it is used under a key that is computed, such as `input[_]`.
    public internal(set) var usesElements = false
    /// Members of such elements that are named: `contents` for `input[_].contents`.
    public internal(set) var elementMembers: Set<String> = []
    /// The strings that the rules' text and their paths hold.
    public internal(set) var texts: Set<String> = []

    public init() {}

    /// Adds a reference, given by what follows `input`.
    mutating func add(_ path: [CoreTerm]) {
        guard let first = path.first else {
            usesWhole = true
            return
        }
        if case .constant(let key) = first, let name = key.stringValue {
            members.insert(name)
            return
        }
        usesElements = true
        if path.count > 1, case .constant(let key) = path[1], let name = key.stringValue { elementMembers.insert(name) }
    }

    /// Adds the strings of a constant.
    mutating func addTexts(of value: Value) {
        if let text = value.stringValue {
            texts.insert(text)
        } else if value.kind == .array {
            for element in value.elements { if let text = element.stringValue { texts.insert(text) } }
        }
    }

    public mutating func formUnion(_ other: InputUse) {
        members.formUnion(other.members)
        usesWhole = usesWhole || other.usesWhole
        usesElements = usesElements || other.usesElements
        elementMembers.formUnion(other.elementMembers)
        texts.formUnion(other.texts)
    }
}

/// Some definitions of a rule, to be evaluated without the others.
public struct RulePart: Sendable, Hashable {
    /// One definition: its file, and the byte of the file that it begins with.
    public struct Definition: Sendable, Hashable {
        public var file: String
        public var start: UInt32

        public init(file: String, start: UInt32) {
            self.file = file
            self.start = start
        }
    }

    /// The name `Engine.entrypoint` finds it by.
    public var name: String
    /// The rule: `data.main.deny`.
    public var path: String
    public var definitions: Set<Definition>

    public init(name: String, path: String, definitions: Set<Definition>) {
        self.name = name
        self.path = path
        self.definitions = definitions
    }

    func contains(_ definition: RuleDefinition) -> Bool {
        definitions.contains(Definition(file: definition.module.file.path, start: definition.rule.location.start))
    }
}

extension InputUse {
    /// What the rules of modules use of `input`, also of modules that do not compile: for help with a text that is being
    /// written.
    /// - Parameter rules: paths such as `data.main.deny`.
    public static func of(rules: [String], in modules: [Module], builtins: BuiltinTable) -> [String: InputUse] {
        let arena = Arena.make()
        defer { arena.destroy() }
        let compilation = Compilation(modules: modules, queries: [], builtins: builtins, arena: arena, isStrict: false)
        var options = CompileOptions()
        options.recordsInputUse = true
        let planner = Planner(compilation, options: options)
        var functions: [String: Int] = [:]
        for rule in rules {
            let keys = rule.split(separator: ".").dropFirst().map(String.init)
            if let place = compilation.tree.place(keys), place.isFunction {
                functions[rule] = planner.function(at: keys)
            } else {
                functions[rule] = planner.entrypoint(keys)
            }
        }
        planner.planAll()
        return functions.mapValues(planner.inputUse)
    }
}
