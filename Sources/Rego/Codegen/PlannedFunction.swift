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
        /// How the input is used; filled when `CompileOptions.recordsInputUse` asks for it.
        var inputUse = InputUse()
        /// Functions that a reference or the target of a `with` covers without calling them: they count for recursion.
        var mentionedFunctions: Set<[String]> = []
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

/// What each function depends on through all that it calls.
struct DependencyClosure {
    private let functions: [PlannedFunction]
    private let callers: [[Int]]
    private var usesInput: [Bool] = []

    init(_ functions: [PlannedFunction], isNondeterministic: (String) -> Bool) {
        self.functions = functions
        var callers: [[Int]] = functions.map { _ in [] }
        for (caller, function) in functions.enumerated() {
            for callee in function.dependencies.functions { callers[callee].append(caller) }
        }
        self.callers = callers
        usesInput = reaching { function in
            let dependencies = function.dependencies
            return dependencies.usesInput || !dependencies.withSites.isEmpty || function.path.isEmpty
                || dependencies.builtins.contains(where: isNondeterministic)
        }
    }

    func dependsOnInput(_ function: Int) -> Bool { usesInput[function] }

    /// The functions whose results a replacement may change.
    func affected(by target: CoreWith.Target) -> [Int] {
        let isAffected = reaching { function in
            let dependencies = function.dependencies
            switch target {
            case .input: return dependencies.usesInput
            case .builtin(let name): return dependencies.builtins.contains(name)
            case .function(let path): return function.path == path
            case .data(let path):
                return function.path.starts(with: path)
                    || dependencies.dataPaths.contains { $0.starts(with: path) || path.starts(with: $0) }
            }
        }
        return functions.indices.filter { isAffected[$0] }
    }

    /// For each function, whether it or one that it calls, directly or not, fits.
    private func reaching(_ fits: (PlannedFunction) -> Bool) -> [Bool] {
        var found = functions.map(fits)
        var waiting = functions.indices.filter { found[$0] }
        while let next = waiting.popLast() {
            for caller in callers[next] where !found[caller] {
                found[caller] = true
                waiting.append(caller)
            }
        }
        return found
    }
}
