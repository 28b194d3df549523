package import Documents

extension BuiltinCall {
    /// Ends the call with a type error that names several types: `operand 1 must be one of {set, array} but got …`.
    mutating func typeError(_ index: Int, wantsOneOf expected: String) -> Value {
        typeFailure("operand \(index + 1) must be one of {\(expected)} but got \(operands[index].typeName)")
    }

    /// Ends the call because a collection operand holds an element of the wrong type.
    mutating func elementError(_ index: Int, holds element: Value, wants expected: String) -> Value {
        let collection = operands[index].typeName
        return typeFailure(
            "operand \(index + 1) must be \(collection) of \(expected)s but got \(collection) containing \(element.typeName)"
        )
    }

    /// Ends the evaluation because the result would not fit the memory limit.
    package mutating func exceedsMemory() -> Value {
        failure = .exceedsMemory
        return .undefined
    }

    /// Ends the evaluation because `EvaluationContext.spend` said so, and says which budget is spent.
    package mutating func stopped() -> Value {
        failure = context.reasonToStop
        return .undefined
    }

    /// Whether the value's text fits the memory limit; charges for writing it. Records the failure when it does not fit.
    mutating func mayWrite(_ value: Value, indent style: JSONWriter.Style = .compact) -> Bool {
        if !value.isCollection { return true }
        // Each element begins a line, with the prefix and up to some levels of indentation.
        let widening = 1 + style.prefix.utf8.count + 8 * (style.indent?.utf8.count ?? 0)
        let room = max(0, context.memoryLimit - context.arena.used) / widening
        let size = value.writtenSize(upTo: room)
        if context.isSpent {
            _ = stopped()
            return false
        }
        if size > room {
            _ = exceedsMemory()
            return false
        }
        if context.spend((size &* min(widening, 4)) >> 1) { return true }
        _ = stopped()
        return false
    }

    /// Whether what a text of JSON or YAML stands for fits the memory limit: each of its separators may end a value.
    func hasRoom(toRead text: Value) -> Bool {
        guard context.hasRoom(for: text.count) else { return false }
        if text.count < 1 << 16 { return true }
        var separators = 0
        for byte in text.utf8 where byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") || byte == 0x0A || byte == 0x5B {
            separators &+= 1
        }
        return context.hasRoom(for: text.count &+ 32 &* separators)
    }

    /// Ends the evaluation because the host cancelled it.
    package mutating func cancelled() -> Value {
        failure = .cancelled
        return .undefined
    }

    /// The text built, or the memory failure when it did not fit.
    mutating func finish(_ text: TextBuilder) -> Value { text.isOverLimit ? exceedsMemory() : text.value }

    /// An array of the values, or the memory failure when it does not fit.
    mutating func array(_ elements: [Value]) -> Value {
        context.hasRoom(for: elements.count * 16) ? arena.array(elements) : exceedsMemory()
    }

    /// An array or set operand, or nil after recording the type error.
    mutating func listOperand(_ index: Int, expected: String = "set, array") -> Value? {
        if operands[index].kind == .array || operands[index].kind == .set { return operands[index] }
        _ = typeError(index, wantsOneOf: expected)
        return nil
    }
}

extension BuiltinFailure {
    static var exceedsMemory: BuiltinFailure { BuiltinFailure(kind: .cancel, message: "memory limit exceeded") }
    static var cancelled: BuiltinFailure { BuiltinFailure(kind: .cancel, message: "caller cancelled query execution") }
}

extension EvaluationContext {
    /// Which budget is spent, after `spend` said that one is.
    var reasonToStop: BuiltinFailure {
        if isCancelled() { return .cancelled }
        if !hasRoom(for: 0) { return .exceedsMemory }
        let budget = spentSteps > stepLimit ? "budget of steps" : "time budget"
        return BuiltinFailure(kind: .cancel, message: "the evaluation's \(budget) is spent")
    }
}
