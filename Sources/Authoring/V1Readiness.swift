package import Diagnostics
package import RegoRuntime
package import RegoSyntax

/// What keeps a v0 module from being valid v1 after its syntax is rewritten (OPA's `CheckRegoV1`).
package enum V1Readiness {
    /// What to write instead of builtins that v1 does not have.
    private static let successors = [
        "any": "write `some x in xs` with a condition on x, or `true in xs`", "all": "write `every x in xs { … }`",
        "re_match": "use regex.match", "set_diff": "write a - b", "net.cidr_overlap": "use net.cidr_contains",
        "cast_array": "use is_array", "cast_boolean": "use is_boolean", "cast_null": "use is_null",
        "cast_object": "use is_object", "cast_set": "use is_set", "cast_string": "use is_string",
    ]

    /// Problems with their places: deprecated builtins, imports that shadow each other, rules and variables named like
    /// the root documents.
    package static func problems(_ module: Module, builtins: BuiltinTable) -> [Diagnostic] {
        var problems: [Diagnostic] = []
        let rules = Set(module.rules.map(\.head.name))
        func report(_ code: String, _ message: String, _ location: Location, hint: String? = nil) {
            problems.append(Diagnostic(code: code, message: message, range: module.range(of: location), hint: hint))
        }
        var imported: Set<String> = []
        for statement in module.imports {
            guard let head = statement.path.terms.first?.stringOrVarName, head == "data" || head == "input",
                let name = statement.name
            else { continue }
            if !imported.insert(name).inserted {
                report("rego_compile_error", "import must not shadow another import named \(name)", statement.location)
            }
        }
        for rule in module.rules where rule.head.name == "input" || rule.head.name == "data" {
            report(
                "rego_compile_error", "rules must not shadow \(rule.head.name)", rule.head.location,
                hint: "use a different rule name")
        }
        SyntaxWalk.calls(in: module) { call in
            guard let name = call.operator.builtinName, builtins[name]?.isDeprecated == true, !rules.contains(name)
            else { return }
            report(
                "rego_type_error", "deprecated built-in function calls in expression: \(name)", call.operatorLocation,
                hint: successors[name])
        }
        return problems.sorted(by: Diagnostic.inSourceOrder)
    }
}

/// Visits all calls of a module.
private enum SyntaxWalk {
    static func calls(in module: Module, _ visit: (Call) -> Void) {
        for rule in module.rules {
            for branch in [rule] + rule.elseRules {
                walk(
                    branch.head.ref.terms + branch.head.args + [branch.head.key, branch.head.value].compactMap { $0 },
                    visit)
                walk(branch.body, visit)
            }
        }
    }

    private static func walk(_ body: Body, _ visit: (Call) -> Void) { for expr in body.exprs { walk(expr, visit) } }
    private static func walk(_ terms: [Term], _ visit: (Call) -> Void) { for term in terms { walk(term, visit) } }

    private static func walk(_ call: Call, _ visit: (Call) -> Void) {
        visit(call)
        walk(call.args, visit)
    }

    private static func walk(_ expr: Expr, _ visit: (Call) -> Void) {
        switch expr.kind {
        case .term(let term): walk(term, visit)
        case .call(let call): walk(call, visit)
        case .someDecl(.vars): break
        case .someDecl(.membership(let key, let value, let domain)):
            walk([key, value, domain].compactMap { $0 }, visit)
        case .every(let every):
            walk(every.domain, visit)
            walk(every.body, visit)
        case .not(let body): walk(body, visit)
        case .logicalAnd(let left, let right), .logicalOr(let left, let right):
            walk(left, visit)
            walk(right, visit)
        }
        walk(expr.with.map(\.value), visit)
    }

    private static func walk(_ term: Term, _ visit: (Call) -> Void) {
        switch term.value {
        case .null, .bool, .number, .string, .var: break
        case .templateString(let template): for case .expr(let expr) in template.parts { walk(expr, visit) }
        case .ref(let ref): walk(ref.terms, visit)
        case .array(let terms), .set(let terms): walk(terms, visit)
        case .object(let items): for item in items { walk([item.key, item.value], visit) }
        case .call(let call): walk(call, visit)
        case .arrayComprehension(let inner), .setComprehension(let inner):
            walk(inner.head, visit)
            walk(inner.body, visit)
        case .objectComprehension(let inner):
            walk([inner.key, inner.value], visit)
            walk(inner.body, visit)
        }
    }
}
