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
        failure = BuiltinFailure(kind: .cancel, message: "memory limit exceeded")
        return .undefined
    }

    /// Ends the evaluation because `EvaluationContext.spend` said so, and says which budget is spent.
    package mutating func stopped() -> Value {
        if context.isCancelled() { return cancelled() }
        if !context.hasRoom(for: 0) { return exceedsMemory() }
        let budget = context.spentSteps > context.stepLimit ? "budget of steps" : "time budget"
        failure = BuiltinFailure(kind: .cancel, message: "the evaluation's \(budget) is spent")
        return .undefined
    }

    /// Whether the value's text fits the memory limit; charges for writing it. Records the failure when it does not fit.
    mutating func mayWrite(_ value: Value, indent style: JSONWriter.Style = .compact) -> Bool {
        if !value.isCollection { return true }
        // Each element begins a line, with the prefix and up to some levels of indentation.
        let widening = 1 + style.prefix.utf8.count + 8 * (style.indent?.utf8.count ?? 0)
        let room = (context.memoryLimit - context.arena.used) / widening
        let size = value.writtenSize(upTo: room)
        if size > room {
            _ = exceedsMemory()
            return false
        }
        if context.spend(size >> 3) { return true }
        _ = stopped()
        return false
    }

    /// Ends the evaluation because the host cancelled it.
    package mutating func cancelled() -> Value {
        failure = BuiltinFailure(kind: .cancel, message: "caller cancelled query execution")
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
