package import Catalogue
package import Documents
import Gatekeeper
package import Inputs
package import Rego
import RegoNetwork
import Text

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
    /// The first slot with equal parameters; of constraints alone, which are ordered by it.
    private let groups: [Int]
    let parameters: [Value]
    /// The constraint of each slot that has one, which says what it looks at beside kinds.
    let constraints: [Constraint?]
    let hasConstraints: Bool
    /// Of each slot with the rule and the parameters of another one the first such slot: what one finds the others do, too.
    let twins: [Int?]
    let hasTwins: Bool
    /// Whether each slot asks for objects with what the API server fills in.
    let defaults: [Bool]
    /// The number of the input that each slot is judged by; equal ones are made once for a subject.
    let inputs: [Int]
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
        var known = SharedParameters()
        turns = checks.map { check in
            switch check.body {
            case .rule(let entrypoint, let form, let own):
                // Checks with equal parameters have one input.
                parameters.append(form == .gatekeeper || form == .both ? known.shared(own) : .undefined)
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
        (groups, twins) = Self.groups(turns, parameters, constraints)
        hasTwins = twins.contains { $0 != nil }
        inputs = Self.inputs(turns, parameters, defaults)
        names = checks.map { check in
            check.policy.constraint.map { "violation of \($0.template.kind)" }
                ?? String(check.policy.entrypoint.dropFirst("data.".count))
        }
    }

    /// The numbers of the checks that need nothing but what is given, in the order of their input's form, and constraints
    /// with equal parameters side by side, so that each input of a subject is made once.
    package func slots(given needs: Check.Needs = [], among wanted: [Int]) -> [Int] {
        Set(wanted.filter { checks[$0].needs.isSubset(of: needs) }).map { slot in
            (order(slot), groups[slot], twins[slot] ?? slot, slot)
        }.sorted(by: <).map(\.3)
    }

    /// The number of each slot's input: the same for the same form, parameters and defaults.
    private static func inputs(_ turns: [Turn], _ parameters: [Value], _ defaults: [Bool]) -> [Int] {
        struct Input: Hashable {
            var form: InputForm?
            var first: UInt64
            var second: UInt64
            var isFilled: Bool
        }
        var numbers: [Input: Int] = [:]
        return turns.indices.map { slot in
            var form: InputForm?
            if case .rule(_, let own) = turns[slot] { form = own }
            let (first, second) = parameters[slot].identity
            let input = Input(form: form, first: first, second: second, isFilled: defaults[slot])
            if let known = numbers[input] { return known }
            let number = numbers.count
            numbers[input] = number
            return number
        }
    }

    /// Of each slot the first constraint with equal parameters, and the first one with the same rule too.
    private static func groups(
        _ turns: [Turn], _ parameters: [Value], _ constraints: [Constraint?]
    ) -> (groups: [Int], twins: [Int?]) {
        struct Rule: Hashable {
            var function: Int
            var parameters: Int
        }
        var first: [Int: Int] = [:], slots: [Rule: [Int]] = [:]
        // Others come before all constraints.
        var groups = [Int](repeating: -1, count: turns.count), twins = [Int?](repeating: nil, count: turns.count)
        for (slot, turn) in turns.enumerated() {
            let own = parameters[slot]
            guard constraints[slot] != nil, own.kind == .object || own.isUndefined, case .rule(let entrypoint, _) = turn else {
                continue
            }
            let number = own.isDefined ? Int(bitPattern: own.rawPointer) : 0
            let group = first[number] ?? slot
            first[number] = group
            groups[slot] = group
            slots[Rule(function: entrypoint.function, parameters: group), default: []].append(slot)
        }
        for alike in slots.values where alike.count > 1 { for slot in alike { twins[slot] = alike[0] } }
        return (groups, twins)
    }

    /// Parameters by their text, so that equal ones are the same value.
    private struct SharedParameters {
        private var known: [ExactText: Value] = [:]

        /// Longer ones are each for itself.
        private static let longest = 1 << 16

        mutating func shared(_ value: Value) -> Value {
            guard value.kind == .object, value.writtenSize(upTo: Self.longest) <= Self.longest else { return value }
            let text = ExactText(JSONWriter.string(value))
            if let known = known[text] { return known }
            known[text] = value
            return value
        }
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
