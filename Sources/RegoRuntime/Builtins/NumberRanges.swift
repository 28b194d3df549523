import BigInt
import Documents

extension Builtins {
    /// Ranges, random numbers and integers as text (OPA policy reference, "Numbers").
    static let numberRanges: [Builtin] = [
        Builtin(
            "numbers.range", help: "(from, to) The integers between two, both included.", .number, .number,
            returns: .array(of: .number)
        ) { call in
            guard let first = call.bigInteger(0), let last = call.bigInteger(1) else { return .undefined }
            return call.range(first, last, step: 1)
        },
        Builtin(
            "numbers.range_step", help: "(from, to, step) Every step-th integer between two.", .number, .number, .number,
            returns: .array(of: .number)
        ) { call in
            guard let first = call.bigInteger(0), let last = call.bigInteger(1), let step = call.bigInteger(2) else {
                return .undefined
            }
            guard step > 0 else { return call.fail("numbers.range_step: step must be a positive integer") }
            return call.range(first, last, step: step)
        },
        Builtin(
            "rand.intn", help: "(name, n) A number from 0 up to, not including, n; the same for a name during one evaluation.",
            .string, .number, returns: .number, nondeterministic: true, work: .scanning
        ) { $0.random() },
        Builtin(
            "format_int", help: "(x, base) The integer part of a number written in base 2, 8, 10 or 16.", .number, .number,
            returns: .string, work: .scanning
        ) { call in
            for index in 0..<2 where !call[index].isNumber { return call.typeError(index, wants: "number") }
            guard let base = call[1].intValue, [2, 8, 10, 16].contains(base) else {
                return call.typeFailure("operand 2 must be one of {2, 8, 10, 16}")
            }
            if let small = call[0].intValue { return call.arena.string(String(small, radix: Int(base))) }
            if !call[0].utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }),
                let exact = Numbers.integer(call[0])
            {
                return call.arena.string(String(exact, radix: Int(base)))
            }
            guard let number = ExtendedFloat(call[0]) else { return call.fail(NumberFault.tooLarge.message) }
            return call.arena.string(String(number.truncated, radix: Int(base)))
        },
    ]
}

extension BuiltinCall {
    /// The numbers from `first` to at most `last`, upwards or downwards.
    fileprivate mutating func range(_ first: BigInt, _ last: BigInt, step: BigInt) -> Value {
        let count = (BigInt((last - first).magnitude) / step) + 1
        guard count < Int(Int32.max), context.hasRoom(for: Int(count) * 16) else { return exceedsMemory() }
        guard context.spend(Int(count) * 4) else { return stopped() }
        let signed = first <= last ? step : -step
        let target = arena
        if let start = Int64(exactly: first), Int64(exactly: last) != nil, let small = Int64(exactly: signed) {
            return target.array((0..<Int64(count)).map { .int(start + $0 * small) })
        }
        var elements: [Value] = []
        var next = first
        for index in 0..<Int(count) {
            if index & 1023 == 0, !context.hasRoom(for: 1 << 16) { return exceedsMemory() }
            elements.append(Numbers.value(next, target))
            next += signed
        }
        return target.array(elements)
    }

    /// A random integer from 0 up to but not including `n`, the same for equal operands during one evaluation.
    fileprivate mutating func random() -> Value {
        guard let name = text(0) else { return .undefined }
        guard let bound = integer(1) else { return .undefined }
        if bound == 0 { return .int(0) }
        let limit = bound.magnitude
        let key = "rand.intn \(limit) \(name)"
        if let known = context.queryCache[key] { return known }
        var state = context.seed
        for byte in key.utf8 { state = SplitMix.mix(state ^ UInt64(byte)) }
        let value = Value.int(Int64(truncatingIfNeeded: state.multipliedFullWidth(by: limit).high))
        guard context.hold(key.utf8.count) else { return exceedsMemory() }
        context.queryCache[key] = value
        return value
    }
}

/// The finaliser of the SplitMix64 generator: equal inputs give equal, well spread outputs.
enum SplitMix {
    static func mix(_ input: UInt64) -> UInt64 {
        var state = input &+ 0x9E37_79B9_7F4A_7C15
        state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
        return state ^ state >> 31
    }
}
