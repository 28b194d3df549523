import Diagnostics
import Documents
import RegoRuntime
import RegoSyntax

/// A function whose definitions can stand in place of a call: tried in order, the first with a value decides.
struct ShortFunction {
    let branches: [LoweredRule]
    let file: SourceFile

    /// More of them are told apart by an index of their own.
    private static let maximumBranches = 4

    /// Nil for a function with a default, with values that have to be compared, or with more than plain expressions.
    init?(_ place: RuleTree, _ planner: Planner) {
        let definitions = place.rules
        guard let first = definitions.first, definitions.allSatisfy({ !$0.rule.isDefault && $0.moduleIndex == first.moduleIndex })
        else { return nil }
        let values = definitions.map(RuleLowering.constantValue)
        let isOneValue =
            values.allSatisfy { $0 != nil && $0 == values[0] } && definitions.allSatisfy { $0.rule.elseRules.isEmpty }
        guard definitions.count == 1 || isOneValue else { return nil }
        let rules = definitions.flatMap { definition in ([definition.rule] + definition.rule.elseRules).map { (definition, $0) } }
        guard rules.count <= Self.maximumBranches else { return nil }
        branches = rules.map { definition, rule in planner.lowered(rule, of: definition) }
        file = first.module.file
        guard branches.allSatisfy(Self.isPlain) else { return nil }
    }

    private static func isPlain(_ rule: LoweredRule) -> Bool {
        rule.body.exprs.allSatisfy(isPlain) && rule.value.map(isPlain) ?? false && rule.arguments.allSatisfy(isPlain)
    }

    private static func isPlain(_ expr: CoreExpr) -> Bool {
        switch expr.kind {
        case .unify(let left, let right): isPlain(left) && isPlain(right)
        case .test(let term): isPlain(term)
        case .call(_, let arguments, let output): arguments.allSatisfy(isPlain) && output.map(isPlain) ?? true
        case .not(let body): body.exprs.allSatisfy(isPlain)
        case .either, .every, .with, .invalid: false
        }
    }

    private static func isPlain(_ term: CoreTerm) -> Bool {
        switch term {
        case .constant, .local: true
        case .ref(let head, let path):
            if case .term(let inner) = head { isPlain(inner) && path.allSatisfy(isPlain) } else { path.allSatisfy(isPlain) }
        case .array(let terms), .set(let terms): terms.allSatisfy(isPlain)
        case .object(let entries): entries.allSatisfy { isPlain($0.key) && isPlain($0.value) }
        case .comprehension: false
        }
    }
}

extension FunctionEmitter {
    /// What a call takes is about what this many steps take.
    private static let maximumSteps = 24
    private static let maximumDepth = 4

    /// Emits a short function in place of a call.
    /// - Returns: the operand of the result; nil, with nothing emitted, for a function that has to be called.
    func inlined(_ path: [String], _ arguments: [UInt32]) -> UInt32? {
        guard inlineDepth < Self.maximumDepth, let function = planner.shortFunction(at: path) else { return nil }
        let start = checkpoint()
        inlineDepth += 1
        let result = emit(function, arguments)
        inlineDepth -= 1
        let steps = instructions[start.instructions...]
        guard let result, steps.count <= Self.maximumSteps, steps.allSatisfy(\.operation.isShort) else {
            goBack(to: start)
            planner.markAsLong(path)
            return nil
        }
        (operands, locals, file) = (start.operands, start.locals, start.file)
        return result
    }

    /// Nil when a branch can have more than one solution.
    private func emit(_ function: ShortFunction, _ arguments: [UInt32]) -> UInt32? {
        let outer = failure, last = function.branches.count - 1
        if last == 0 { return emit(function.branches[0], of: function, arguments) }
        let target = register(), done = makeLabel()
        var isSingle = true
        func branch(_ index: Int) {
            let end = failure
            guard let value = emit(function.branches[index], of: function, arguments), failure == end else {
                return isSingle = false
            }
            emit(.move, a: target, b: value)
            if index < last { jump(to: done) }
        }
        for index in 0..<last { alternative { branch(index) } }
        forgettingLookUps { branch(last) }
        guard isSingle, failure == outer else { return nil }
        place(done)
        return UInt32(target)
    }

    private func emit(_ rule: LoweredRule, of function: ShortFunction, _ arguments: [UInt32]) -> UInt32? {
        guard let value = rule.value else { return nil }
        let outer = failure
        (operands, locals, file) = ([:], rule.locals, function.file)
        for (pattern, argument) in zip(rule.arguments, arguments) { match(pattern, argument) }
        body(rule.body)
        let result = evaluate(value)
        return failure == outer ? result : nil
    }
}

extension Instruction.Operation {
    /// Whether it takes no longer than the steps of a call.
    fileprivate var isShort: Bool {
        switch self {
        case .move, .input, .base, .member, .path, .test, .isCollection, .isArray, .isObject, .equal, .notEqual, .less,
            .lessOrEqual,
            .greater, .greaterOrEqual, .callFunction, .callRule, .callRuleReplaceable, .operands, .makeArray, .makeRecord, .jump:
            true
        default: false
        }
    }
}
