public import Documents

/// A function of Rego that Swift implements: its declaration and its code together.
public struct Builtin: Sendable {
    /// The name policies call it by, with dots: `strings.any_prefix_match`.
    public let name: String
    /// What its arguments are called and what it gives: `(text, search) Whether the text ends with the other one.`
    public let help: String
    /// What it is about, as lists of builtins are divided: `strings`, `time`; set by the list it stands in.
    public internal(set) var category = ""
    /// The operator it is written as between its operands, such as `+`.
    public let infix: String?
    public let arguments: [RegoType]
    /// The type of any further arguments; nil when the number of arguments is fixed.
    public let variadic: RegoType?
    /// The result's type; nil for builtins called only for their effect (`print`), which answer `true`.
    public let result: RegoType?
    /// Whether strict checks report its use.
    public let isDeprecated: Bool
    /// Whether two calls with equal arguments may differ within one query's lifetime (time, random, network).
    public let isNondeterministic: Bool
    /// Whether the result is a set of tuples that the caller unifies with one by one (`walk`).
    public let isRelation: Bool
    /// What a call costs before it looks at its operands closely.
    let work: Work
    /// Computes the result; returns undefined after `fail`, `typeError` or for no result.
    public let call: @Sendable (inout BuiltinCall) -> Value

    public init(
        _ name: String, help: String = "", _ arguments: RegoType..., variadic: RegoType? = nil, returns result: RegoType?,
        infix: String? = nil, nondeterministic: Bool = false, relation: Bool = false, deprecated: Bool = false,
        work: Work = .length, call: @escaping @Sendable (inout BuiltinCall) -> Value
    ) {
        self.name = name
        self.help = help
        self.infix = infix
        self.arguments = arguments
        self.variadic = variadic
        self.isDeprecated = deprecated
        self.result = result
        self.isNondeterministic = nondeterministic
        self.isRelation = relation
        self.work = work
        self.call = call
    }

    /// A builtin whose arguments are known at run time only.
    public init(
        _ name: String, arguments: [RegoType], returns result: RegoType?,
        call: @escaping @Sendable (inout BuiltinCall) -> Value
    ) {
        self.name = name
        help = ""
        infix = nil
        self.arguments = arguments
        variadic = nil
        self.result = result
        isDeprecated = false
        isNondeterministic = true
        isRelation = false
        work = .length
        self.call = call
    }
}

extension Builtin {
    /// The names of the arguments, from `help`.
    public var argumentNames: [String] {
        guard help.hasPrefix("("), let end = help.firstIndex(of: ")") else { return [] }
        return help[help.index(after: help.startIndex)..<end].split(separator: ", ").map(String.init)
    }

    /// What it gives, in a sentence; from `help`.
    public var summary: String {
        guard help.hasPrefix("("), let end = help.firstIndex(of: ")") else { return help }
        return String(help[help.index(after: end)...].drop { $0 == " " })
    }
}

extension [Builtin] {
    /// The builtins with the name of what they are about.
    public func about(_ category: String) -> [Builtin] {
        map { builtin in
            var builtin = builtin
            builtin.category = category
            return builtin
        }
    }
}

/// Namespace for the declarations; each file of this folder extends it with one list of builtins.
public enum Builtins {}

/// The operands of one call and the place for its failure.
public struct BuiltinCall {
    /// The operands, all defined.
    public let operands: UnsafeBufferPointer<Value>
    /// What outlives the call: storage for results, caches, the clock, limits.
    public unowned(unsafe) let context: EvaluationContext
    /// Why the call failed; set through `fail` and `typeError`.
    public var failure: BuiltinFailure?

    public init(operands: UnsafeBufferPointer<Value>, context: EvaluationContext) {
        self.operands = operands
        self.context = context
    }

    /// The operand at `index`, from 0.
    public subscript(index: Int) -> Value { operands[index] }

    /// Where results are built.
    public var arena: Arena { context.arena }

    /// Ends the call with an `eval_builtin_error`. The message is shown as `<builtin>: <message>`.
    public mutating func fail(_ message: String) -> Value {
        failure = BuiltinFailure(kind: .builtin, message: message)
        return .undefined
    }

    /// Ends the call with an `eval_type_error`, worded as OPA does: `operand 1 must be number but got string`.
    /// - Parameter index: the operand, from 0.
    public mutating func typeError(_ index: Int, wants expected: String) -> Value {
        failure = BuiltinFailure(
            kind: .type, message: "operand \(index + 1) must be \(expected) but got \(operands[index].typeName)")
        return .undefined
    }

    /// Ends the call with an `eval_type_error` of free wording.
    public mutating func typeFailure(_ message: String) -> Value {
        failure = BuiltinFailure(kind: .type, message: message)
        return .undefined
    }

    /// The text of a string operand as a Swift string, or nil after recording the type error.
    public mutating func text(_ index: Int) -> String? {
        if operands[index].kind == .string { return operands[index].string }
        _ = typeError(index, wants: "string")
        return nil
    }

    /// A string operand, or nil after recording the type error.
    public mutating func stringOperand(_ index: Int) -> Value? { operand(index, .string, "string") }

    /// An object operand, or nil after recording the type error.
    public mutating func objectOperand(_ index: Int) -> Value? { operand(index, .object, "object") }

    /// An array operand, or nil after recording the type error.
    public mutating func arrayOperand(_ index: Int) -> Value? { operand(index, .array, "array") }

    /// A set operand, or nil after recording the type error.
    public mutating func setOperand(_ index: Int) -> Value? { operand(index, .set, "set") }

    /// A 64-bit integer operand, or nil after recording the type error.
    public mutating func integer(_ index: Int) -> Int64? {
        // OPA reads `1e3` as no integer, though `1000` is its value.
        if let integer = operands[index].indexValue { return integer }
        if operands[index].isNumber {
            _ = typeFailure("operand \(index + 1) must be integer number but got floating-point number")
        } else {
            _ = typeError(index, wants: "number")
        }
        return nil
    }

    private mutating func operand(_ index: Int, _ kind: Value.Kind, _ name: String) -> Value? {
        if operands[index].kind == kind { return operands[index] }
        _ = typeError(index, wants: name)
        return nil
    }
}

/// Why a builtin gave no result; an undefined expression unless errors are strict.
public struct BuiltinFailure: Sendable, Hashable {
    /// The two codes OPA has for it.
    public enum Kind: String, Sendable {
        case builtin = "eval_builtin_error"
        case type = "eval_type_error"
        /// Always ends the evaluation, strict or not: a budget is spent (`eval_cancel_error`).
        case cancel = "eval_cancel_error"
        /// Always ends the evaluation: the call has conflicting results.
        case conflict = "eval_conflict_error"
        /// Always ends the evaluation, strict or not: the builtin may not be used here.
        case halt = "eval_internal_error"
    }
    public var kind: Kind
    public var message: String

    public init(kind: Kind, message: String) {
        self.kind = kind
        self.message = message
    }
}
