import Diagnostics
import RegoSyntax

/// Reports rules that depend on themselves (OPA's `CheckRecursion`): evaluation would not end.
struct Recursion {
    let planner: Planner

    init(_ planner: Planner) { self.planner = planner }

    func check() {
        var state = [UInt8](repeating: 0, count: planner.functions.count)
        var reported = Set<Int>()
        for start in planner.functions.indices where state[start] == 0 { visit(start, &state, &reported) }
    }

    /// Depth-first without recursion of its own: chains of rules may be long.
    private func visit(_ start: Int, _ state: inout [UInt8], _ reported: inout Set<Int>) {
        var path: [(function: Int, callees: [Int])] = []
        func enter(_ function: Int) {
            state[function] = 1
            let dependencies = planner.functions[function].dependencies
            let mentioned = dependencies.mentionedFunctions.compactMap(planner.knownFunction)
            path.append((function, dependencies.functions.union(mentioned).sorted(by: >)))
        }
        enter(start)
        while !path.isEmpty {
            guard let callee = path[path.count - 1].callees.popLast() else {
                state[path.removeLast().function] = 2
                continue
            }
            if state[callee] == 0 {
                enter(callee)
            } else if state[callee] == 1, reported.insert(callee).inserted {
                let first = path.firstIndex { $0.function == callee } ?? 0
                report(path[first...].map(\.function) + [callee])
            }
        }
    }

    private func report(_ cycle: [Int]) {
        let names = cycle.map { planner.functions[$0].name }
        let function = planner.functions[cycle[0]]
        let definition: RuleDefinition? =
            switch function.kind {
            case .rule(let place), .function(let place): place.rules.first
            case .group(let place, _): place.rules.first ?? place.dynamicRules.first
            case .query: nil
            }
        planner.compilation.report(
            Diagnostic(
                code: RegoCode.recursion, message: "rule \(names[0]) is recursive: \(names.joined(separator: " -> "))",
                range: definition.map { $0.range($0.rule.head.location) }))
    }
}
