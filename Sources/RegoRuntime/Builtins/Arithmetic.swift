import Documents

extension Builtins {
    /// `+ - * / %` and rounding (OPA policy reference, "Numbers").
    static let arithmetic: [Builtin] = [
        Builtin("plus", help: "(x, y) The sum of two numbers.", .number, .number, returns: .number, infix: "+") {
            $0.arithmetic(Numbers.plus)
        },
        Builtin(
            "minus", help: "(x, y) The difference of two numbers, or the elements of a set that another has not.",
            .union([.number, .anySet]), .union([.number, .anySet]), returns: .union([.number, .anySet]),
            infix: "-"
        ) { $0.minus() },
        Builtin("mul", help: "(x, y) The product of two numbers.", .number, .number, returns: .number, infix: "*") {
            $0.arithmetic(Numbers.times)
        },
        Builtin("div", help: "(x, y) The first number divided by the second.", .number, .number, returns: .number, infix: "/") {
            $0.arithmetic(Numbers.divided)
        },
        Builtin("rem", help: "(x, y) The rest of a division of integers.", .number, .number, returns: .number, infix: "%") {
            $0.arithmetic(Numbers.remainder)
        },
        Builtin("abs", help: "(x) The number without its sign.", .number, returns: .number) { $0.arithmetic(Numbers.absolute) },
        Builtin("round", help: "(x) The nearest integer.", .number, returns: .number) { $0.arithmetic(Numbers.rounded) },
        Builtin("ceil", help: "(x) The smallest integer that is not below the number.", .number, returns: .number) {
            $0.arithmetic(Numbers.ceiling)
        },
        Builtin("floor", help: "(x) The largest integer that is not above the number.", .number, returns: .number) {
            $0.arithmetic(Numbers.floor)
        },
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
