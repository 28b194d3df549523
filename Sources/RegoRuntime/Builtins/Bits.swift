import BigInt
import Documents

extension Builtins {
    /// Bitwise operations on integers of any size (OPA policy reference, "Bits").
    static let bits: [Builtin] = [
        Builtin("bits.and", help: "(x, y) The bits that both integers have.", .number, .number, returns: .number) {
            $0.bitwise(&) { $0 & $1 }
        },
        Builtin("bits.or", help: "(x, y) The bits that either integer has.", .number, .number, returns: .number) {
            $0.bitwise(|) { $0 | $1 }
        },
        Builtin("bits.xor", help: "(x, y) The bits that exactly one of the integers has.", .number, .number, returns: .number) {
            $0.bitwise(^) { $0 ^ $1 }
        },
        Builtin("bits.negate", help: "(x) The integer with every bit turned over.", .number, returns: .number) { call in
            if let small = call[0].intValue { return .int(~small) }
            guard let number = call.bigInteger(0) else { return .undefined }
            return Numbers.value(-number - 1, call.arena)
        },
        Builtin("bits.lsh", help: "(x, count) The integer with its bits moved left.", .number, .number, returns: .number) {
            call in
            guard let number = call.bigInteger(0), let distance = call.shiftDistance() else { return .undefined }
            if number == 0 { return .int(0) }
            guard distance + number.bitWidth <= Numbers.maximumBits else { return call.exceedsMemory() }
            return Numbers.value(number << distance, call.arena)
        },
        Builtin("bits.rsh", help: "(x, count) The integer with its bits moved right.", .number, .number, returns: .number) {
            call in
            guard let number = call.bigInteger(0), let distance = call.shiftDistance() else { return .undefined }
            if distance > number.bitWidth { return .int(number < 0 ? -1 : 0) }
            let shifted = number < 0 ? -((-number - 1) >> distance) - 1 : number >> distance
            return Numbers.value(shifted, call.arena)
        },
    ]
}

extension BuiltinCall {
    /// An integer operand of any size, or nil after recording the type error.
    mutating func bigInteger(_ index: Int, wants expected: String = "integer") -> BigInt? {
        guard operands[index].isNumber else {
            _ = typeError(index, wants: expected)
            return nil
        }
        if let number = Numbers.integer(operands[index]) { return number }
        _ = typeFailure("operand \(index + 1) must be integer number but got floating-point number")
        return nil
    }

    fileprivate mutating func bitwise(
        _ small: (Int64, Int64) -> Int64, _ words: (UInt, UInt) -> UInt
    ) -> Value {
        if let x = operands[0].intValue, let y = operands[1].intValue { return .int(small(x, y)) }
        guard let x = bigInteger(0), let y = bigInteger(1) else { return .undefined }
        let size = max(x.magnitude.words.count, y.magnitude.words.count) + 1
        let (left, right) = (x.twosComplement(size), y.twosComplement(size))
        return Numbers.value(BigInt(twosComplement: (0..<size).map { words(left[$0], right[$0]) }), arena)
    }

    fileprivate mutating func shiftDistance() -> Int? {
        guard let distance = bigInteger(1) else { return nil }
        if distance < 0 {
            _ = typeFailure("operand 2 must be an unsigned integer number but got a negative integer")
            return nil
        }
        // OPA counts by the lowest 64 bits.
        return Int(clamping: min(distance.magnitude.words.first ?? 0, UInt(Int32.max)))
    }
}

extension BigInt {
    /// The number in two's complement, lowest word first; `size` words must hold the magnitude and a sign bit.
    fileprivate func twosComplement(_ size: Int) -> [UInt] {
        var words = Array(magnitude.words) + Array(repeating: 0, count: size - magnitude.words.count)
        if sign == .minus { words.negate() }
        return words
    }

    fileprivate init(twosComplement words: [UInt]) {
        guard let last = words.last, last >> (UInt.bitWidth - 1) == 1 else {
            self.init(sign: .plus, magnitude: BigUInt(words: words))
            return
        }
        var words = words
        words.negate()
        self.init(sign: .minus, magnitude: BigUInt(words: words))
    }
}

extension [UInt] {
    fileprivate mutating func negate() {
        var carry = true
        for index in indices {
            self[index] = ~self[index] &+ (carry ? 1 : 0)
            carry = carry && self[index] == 0
        }
    }
}
