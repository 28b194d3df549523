package import Catalogue
package import Documents
import Gatekeeper
package import Inputs
package import Rego
import RegoNetwork

/// Checks that are judged together, with the `data` they see: immutable, shared by the judges of all threads.
///
/// What a judge asks for in each turn stands in tables by slot, the check's number.
package final class CheckSet: Sendable {
    /// How a slot is judged, without anything that counts references.
    enum Turn {
        case rule(Entrypoint, InputForm)
        /// Number among `codes`.
        case code(Int)
    }

    package let checks: [Check]
    package let data: DataDocument
    package let engine: Engine
    let turns: [Turn]
    let codes: [CodeCheck]
    let parameters: [Value]
    /// The constraint of each slot that has one, which says what it looks at beside kinds.
    let constraints: [Constraint?]
    let hasConstraints: Bool
    /// Whether each slot asks for objects with what the API server fills in.
    let defaults: [Bool]
    /// Of each slot the rule that names exceptions, and the name that means it.
    let exceptions: [(rule: Entrypoint, name: String)?]
    /// What messages call a rule.
    let names: [String]

    /// The policies of a compiled program, each as a check, and others after them.
    package init(_ program: PolicyProgram?, others: [Check] = [], data: DataDocument) {
        let rules = program?.policies.indices.map { slot in
            let policy = program!.policies[slot]
            let form = program!.forms[slot]
            let own = policy.constraint.map(\.constraint.parameters) ?? data.parameters(of: policy)
            let body = Check.Body.rule(program!.entrypoints[slot], form, parameters: own)
            let needs = Check.Needs(policy)
            return Check(policy, needs: form.isList ? needs.union(.scene) : needs, body: body)
        }
        checks = (rules ?? []) + others
        engine = program?.engine ?? Self.empty
        self.data = data
        var codes: [CodeCheck] = []
        var parameters: [Value] = []
        turns = checks.map { check in
            switch check.body {
            case .rule(let entrypoint, let form, let own):
                parameters.append(form == .gatekeeper || form == .both ? own : .undefined)
                return .rule(entrypoint, form)
            case .code(let code):
                codes.append(code)
                parameters.append(.undefined)
                return .code(codes.count - 1)
            }
        }
        self.codes = codes
        let all = (rules ?? []) + others
        exceptions = all.indices.map { slot in
            guard let program, slot < program.exceptions.count else { return nil }
            return program.exceptions[slot].map { ($0, all[slot].policy.exceptionName) }
        }
        self.parameters = parameters
        defaults = checks.map(\.policy.wantsDefaults)
        constraints = checks.map(\.policy.constraint?.constraint)
        hasConstraints = constraints.contains { $0 != nil }
        names = checks.map { check in
            check.policy.constraint.map { "violation of \($0.template.kind)" }
                ?? String(check.policy.entrypoint.dropFirst("data.".count))
        }
    }

    /// The numbers of the checks that need nothing but what is given, in the order of their input's form, so that each form
    /// of a subject is made once.
    package func slots(given needs: Check.Needs = [], among wanted: [Int]) -> [Int] {
        let usable = wanted.filter { checks[$0].needs.isSubset(of: needs) }
        return Set(usable.map(order)).sorted().flatMap { form in usable.filter { order($0) == form }.sorted() }
    }

    /// For sets of code alone.
    private static let empty: Engine = {
        guard let engine = Engine.compile([], builtins: PolicyBuiltins.offline).0 else {
            preconditionFailure("no modules compile to an engine without rules")
        }
        return engine
    }()

    /// What a check takes `input` for; nil for one that is not Rego.
    package func form(of slot: Int) -> InputForm? {
        if case .rule(_, let form) = turns[slot] { return form }
        return nil
    }

    private func order(_ slot: Int) -> Int {
        switch turns[slot] {
        case .rule(_, let form): form.order
        case .code: Int.max
        }
    }
}

extension Check.Needs {
    /// What a policy has to be given, by its metadata.
    package init(_ policy: Policy) {
        switch policy.scope {
        case .object: self = []
        case .allObjects: self = .scene
        case .hostFacts: self = .hostFacts
        }
    }
}
