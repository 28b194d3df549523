import Documents
import RegoRuntime
import RegoSyntax

/// One function of the program while it is planned.
struct PlannedFunction {
    enum Kind {
        /// The complete document or partial set of the rules at a place.
        case rule(RuleTree)
        /// Rules whose paths have keys known only at evaluation, as one nested object.
        case group(RuleTree, Group)
        /// A function with arguments.
        case function(RuleTree)
        case query(LoweredQuery)
    }

    /// What the function looks at, directly.
    struct Dependencies {
        var functions: Set<Int> = []
        var builtins: Set<String> = []
        var dataPaths: Set<[String]> = []
        var withSites: [Int] = []
        var usesInput = false
    }

    let kind: Kind
    let path: [String]
    var dependencies = Dependencies()
    var code: [Instruction] = []
    var lines: [Program.LineEntry] = []
    var registerCount = 0

    init(kind: Kind, path: [String]) {
        self.kind = kind
        self.path = path
    }

    var name: String { path.isEmpty ? "query" : "data." + path.joined(separator: ".") }

    var argumentCount: Int {
        if case .function(let place) = kind { return place.rules[0].rule.head.args.count }
        return 0
    }
}

/// The rules that together define the document at a place below which keys are known only at evaluation.
struct Group {
    /// Places with complete rules or partial sets of constant path.
    var places: [RuleTree] = []
    var dynamicRules: [RuleDefinition] = []
    /// Tells apart the groups of one place.
    var signature: String

    /// Whether the rules at a place need grouping.
    static func isNeeded(at place: RuleTree) -> Bool {
        if !place.dynamicRules.isEmpty { return true }
        return !place.childOrder.isEmpty && !place.rules.isEmpty
    }

    /// The rules at `root` that can contribute to the document under `keys`.
    init(at root: RuleTree, matching keys: [String]) {
        signature = ""
        var number = 0
        var chosen: [String] = []
        root.forEachPlace { place in
            let relative = Array(place.path.dropFirst(root.path.count))
            if !place.rules.isEmpty, !place.isFunction {
                if Self.matches(relative.map { $0 }, keys) {
                    places.append(place)
                    chosen.append("\(number)")
                }
                number += 1
            }
            for rule in place.dynamicRules {
                let path: [String?] = relative + rule.tail.map { term in
                    if case .string(let key) = term.value { return key }
                    return nil
                }
                if Self.matches(path, keys) {
                    dynamicRules.append(rule)
                    chosen.append("\(number)")
                }
                number += 1
            }
        }
        signature = chosen.joined(separator: ",")
    }

    private static func matches(_ path: [String?], _ keys: [String]) -> Bool {
        zip(path, keys).allSatisfy { $0 == nil || $0 == $1 }
    }
}

/// What each function depends on through all that it calls.
struct DependencyClosure {
    private let functions: [PlannedFunction]
    private let isNondeterministic: (String) -> Bool
    private var reach: [Set<Int>]

    init(_ functions: [PlannedFunction], isNondeterministic: @escaping (String) -> Bool) {
        self.functions = functions
        self.isNondeterministic = isNondeterministic
        reach = functions.indices.map { [$0] }
        for start in functions.indices {
            var stack = [start]
            while let next = stack.popLast() {
                for callee in functions[next].dependencies.functions where reach[start].insert(callee).inserted {
                    stack.append(callee)
                }
            }
        }
    }

    func dependsOnInput(_ function: Int) -> Bool {
        reach[function].contains { callee in
            let dependencies = functions[callee].dependencies
            return dependencies.usesInput || !dependencies.withSites.isEmpty || functions[callee].path.isEmpty
                || dependencies.builtins.contains(where: isNondeterministic)
        }
    }

    /// The functions whose results a replacement may change.
    func affected(by target: CoreWith.Target, in planner: Planner) -> [Int] {
        functions.indices.filter { function in
            reach[function].contains { callee in
                let dependencies = functions[callee].dependencies
                switch target {
                case .input: return dependencies.usesInput
                case .builtin(let name): return dependencies.builtins.contains(name)
                case .function(let path): return functions[callee].path == path
                case .data(let path):
                    return functions[callee].path.starts(with: path)
                        || dependencies.dataPaths.contains { $0.starts(with: path) || path.starts(with: $0) }
                }
            }
        }
    }
}
