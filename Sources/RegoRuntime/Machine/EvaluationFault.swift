public import Documents
public import Diagnostics

/// Why an evaluation ended without an answer.
public struct EvaluationFault: Error, Sendable {
    /// OPA's code: `eval_conflict_error`, `eval_builtin_error`, `eval_type_error`, `eval_cancel_error`,
    /// `eval_internal_error`.
    public var code: String
    public var message: String
    /// The expression that was evaluated.
    public var range: SourceRange?
    /// The rule or function it is part of, as `data.app.allow`.
    public var rule: String

    public init(code: String, message: String, range: SourceRange? = nil, rule: String = "") {
        self.code = code
        self.message = message
        self.range = range
        self.rule = rule
    }

    /// The fault as a diagnostic.
    public var diagnostic: Diagnostic {
        Diagnostic(
            code: code, message: message, range: range, notes: rule.isEmpty ? [] : [.init("while evaluating \(rule)")])
    }
}

/// What one evaluation came to.
public enum Outcome: Sendable {
    case undefined
    /// Valid until the evaluator begins the next evaluation.
    case value(Value)
    indirect case fault(EvaluationFault)
}

/// How much an evaluation may use.
public struct Budget: Sendable {
    /// Loop steps and calls.
    public var instructions: Int
    /// Bytes of values made.
    public var memory: Int
    /// Nanoseconds of wall-clock time; nil for no bound.
    public var time: Int64?

    public init(instructions: Int = 1_000_000_000, memory: Int = 512 << 20, time: Int64? = nil) {
        self.instructions = instructions
        self.memory = memory
        self.time = time
    }
}
