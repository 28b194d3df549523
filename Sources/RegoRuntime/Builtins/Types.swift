import Documents
import GoLibrary

extension Builtins {
    /// Type tests and conversions (OPA policy reference, "Types" and "Conversions").
    static let types: [Builtin] = [
        test("is_array", help: "(x) Whether the value is an array.", .array),
        test("is_boolean", help: "(x) Whether the value is true or false.", .bool),
        test("is_null", help: "(x) Whether the value is null.", .null),
        test("is_object", help: "(x) Whether the value is an object.", .object),
        test("is_set", help: "(x) Whether the value is a set.", .set),
        test("is_string", help: "(x) Whether the value is a string.", .string),
        Builtin("is_number", help: "(x) Whether the value is a number.", .any, returns: .boolean, work: .constant) {
            .bool($0[0].isNumber)
        },
        Builtin("type_name", help: "(x) The name of the value's type.", .any, returns: .string, work: .constant) {
            $0.arena.string($0[0].typeName)
        },
        Builtin(
            "to_number", help: "(x) The number that a string, a boolean or null stands for.",
            .union([.null, .boolean, .number, .string]), returns: .number, work: .length(perKibibyte: 1024)
        ) { $0.toNumber() },
        Builtin(
            "cast_array", help: "(x) The array itself, or the elements of a set as an array.", .any, returns: .anyArray,
            deprecated: true
        ) { call in
            guard let list = call.listOperand(0, expected: "array, set") else { return .undefined }
            return list.kind == .array ? list : call.arena.array(list.elements)
        },
        Builtin(
            "cast_set", help: "(x) The set itself, or the elements of an array as a set.", .any, returns: .anySet,
            deprecated: true, work: .sorting
        ) { call in
            guard let list = call.listOperand(0, expected: "array, set") else { return .undefined }
            return list.kind == .set ? list : call.arena.set(Array(list.elements))
        },
        cast("cast_string", help: "(x) The string itself; an error for anything else.", .string, returns: .string),
        cast("cast_boolean", help: "(x) The boolean itself; an error for anything else.", .bool, returns: .boolean),
        cast("cast_null", help: "(x) null itself; an error for anything else.", .null, returns: .null),
        cast("cast_object", help: "(x) The object itself; an error for anything else.", .object, returns: .anyObject),
    ]

    private static func test(_ name: String, help: String, _ kind: Value.Kind) -> Builtin {
        Builtin(name, help: help, .any, returns: .boolean, work: .constant) { .bool($0[0].kind == kind) }
    }

    private static func cast(_ name: String, help: String, _ kind: Value.Kind, returns type: RegoType) -> Builtin {
        let expected = String(name.dropFirst(5))
        return Builtin(name, help: help, .any, returns: type, deprecated: true, work: .constant) { call in
            call[0].kind == kind ? call[0] : call.typeError(0, wants: expected)
        }
    }
}

extension BuiltinCall {
    fileprivate mutating func toNumber() -> Value {
        switch operands[0].kind {
        case .int, .decimal: return operands[0]
        case .null: return .int(0)
        case .bool: return .int(operands[0].isTrue ? 1 : 0)
        case .string:
            let text = operands[0].utf8
            if let integer = NumberText.integer(text) { return .int(integer) }
            guard GoNumber.isFloat(text) else {
                if GoNumber.isSpecial(text) { return typeFailure("operand 1 must be valid number string but got string") }
                return fail("strconv.ParseFloat: parsing \(quoted(operands[0])): invalid syntax")
            }
            let number = NumberText.value(String(decoding: GoNumber.normalized(text), as: UTF8.self), in: arena)
            if NumberText.double(number).isFinite { return number }
            return fail("strconv.ParseFloat: parsing \(quoted(operands[0])): value out of range")
        default: return typeError(0, wantsOneOf: "null, boolean, number, string")
        }
    }

    /// A string operand in quotes, for messages.
    func quoted(_ value: Value) -> String {
        var text = TextBuilder(context)
        GoText.quote(value.utf8, to: &text)
        return text.value.string
    }
}

/// Numbers in the spellings that Go's `strconv.ParseFloat` takes.
enum GoNumber {
    /// Whether the text is a decimal number, as `+1.5`, `.5`, `5.` or `1e-3`.
    static func isFloat(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = 0
        func digits() -> Int {
            let start = index
            while index < text.count, text[index] &- 0x30 <= 9 { index += 1 }
            return index - start
        }
        if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
        var count = digits()
        if index < text.count, text[index] == 0x2E {
            index += 1
            count += digits()
        }
        guard count > 0 else { return false }
        if index < text.count, text[index] | 0x20 == 0x65 {
            index += 1
            if index < text.count, text[index] == 0x2B || text[index] == 0x2D { index += 1 }
            if digits() == 0 { return false }
        }
        return index == text.count
    }

    /// Whether the text is one of Go's spellings of infinity or not-a-number.
    static func isSpecial(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let unsigned = text.first == 0x2B || text.first == 0x2D ? text.dropFirst() : text[...]
        let lowered = String(decoding: unsigned.map { $0 | 0x20 }, as: UTF8.self)
        return ["inf", "infinity", "nan"].contains(lowered)
    }

    /// A decimal number in JSON's spelling: no plus sign, no leading zeros, digits on both sides of the point.
    static func normalized(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var rest = text[...]
        var result: [UInt8] = []
        if let sign = rest.first, sign == 0x2B || sign == 0x2D {
            if sign == 0x2D { result.append(sign) }
            rest = rest.dropFirst()
        }
        while rest.count > 1, rest.first == 0x30, rest[rest.startIndex + 1] &- 0x30 <= 9 { rest = rest.dropFirst() }
        if rest.first == 0x2E { result.append(0x30) }
        for (index, byte) in zip(rest.indices, rest) {
            result.append(byte)
            let isLast = index + 1 == rest.endIndex
            if byte == 0x2E, isLast || rest[index + 1] | 0x20 == 0x65 { result.append(0x30) }
        }
        return result
    }
}
