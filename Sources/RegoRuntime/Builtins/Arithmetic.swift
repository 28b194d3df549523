import Documents

extension Builtins {
    /// `+ - * / %` and rounding (OPA policy reference, "Numbers").
    static let arithmetic: [Builtin] = [
        Builtin("plus", .number, .number, returns: .number, infix: "+") { $0.arithmetic(Numbers.plus) },
        Builtin(
            "minus", .union([.number, .anySet]), .union([.number, .anySet]), returns: .union([.number, .anySet]),
            infix: "-"
        ) { $0.minus() },
        Builtin("mul", .number, .number, returns: .number, infix: "*") { $0.arithmetic(Numbers.times) },
        Builtin("div", .number, .number, returns: .number, infix: "/") { $0.arithmetic(Numbers.divided) },
        Builtin("rem", .number, .number, returns: .number, infix: "%") { $0.arithmetic(Numbers.remainder) },
        Builtin("abs", .number, returns: .number) { $0.arithmetic(Numbers.absolute) },
        Builtin("round", .number, returns: .number) { $0.arithmetic(Numbers.rounded) },
        Builtin("ceil", .number, returns: .number) { $0.arithmetic(Numbers.ceiling) },
        Builtin("floor", .number, returns: .number) { $0.arithmetic(Numbers.floor) },
    ]
}

extension BuiltinCall {
    fileprivate mutating func arithmetic(
        _ operation: (Value, Value, Arena) throws(NumberFault) -> Value
    ) -> Value {
        for index in 0..<2 where !operands[index].isNumber { return typeError(index, wants: "number") }
        do throws(NumberFault) {
            return try operation(operands[0], operands[1], arena)
        } catch {
            return fail(error.message)
        }
    }

    fileprivate mutating func arithmetic(_ operation: (Value, Arena) throws(NumberFault) -> Value) -> Value {
        guard operands[0].isNumber else { return typeError(0, wants: "number") }
        do throws(NumberFault) {
            return try operation(operands[0], arena)
        } catch {
            return fail(error.message)
        }
    }

    fileprivate mutating func minus() -> Value {
        let (left, right) = (operands[0], operands[1])
        switch (left.isNumber, right.isNumber) {
        case (true, true): return arithmetic(Numbers.minus)
        case (true, false): return typeError(1, wants: "number")
        default:
            guard left.kind == .set else { return typeError(0, wantsOneOf: "number, set") }
            guard right.kind == .set else { return typeError(1, wants: right.isNumber ? "set" : "number") }
            return SetAlgebra.difference(left, right, arena)
        }
    }
}
