import Documents

/// A decimal of at most 19 digits, ± digits × 10^power, read without allocation: nearly all numbers policies meet.
struct ShortDecimal {
    private(set) var isNegative = false
    private(set) var digits: UInt64 = 0
    private(set) var power = 0

    /// The number of a decimal value; nil when it has more digits or an exponent of more than four.
    init?(_ value: Value) {
        let text = value.utf8
        var index = 0
        if text.first == UInt8(ascii: "-") {
            isNegative = true
            index = 1
        }
        var sawPoint = false
        while index < text.count, text[index] | 0x20 != UInt8(ascii: "e") {
            let digit = text[index] &- 0x30
            if digit <= 9 {
                guard digits < 1_000_000_000_000_000_000 else { return nil }
                digits = digits &* 10 &+ UInt64(digit)
                if sawPoint { power -= 1 }
            } else if text[index] == UInt8(ascii: ".") {
                sawPoint = true
            } else {
                return nil
            }
            index += 1
        }
        if index < text.count, !addExponent(text[(index + 1)...]) { return nil }
        while power < 0, digits % 10 == 0, digits != 0 {
            digits /= 10
            power += 1
        }
    }

    private mutating func addExponent(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        var rest = text
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        guard (1...4).contains(rest.count), rest.allSatisfy({ $0 &- 0x30 <= 9 }) else { return false }
        let exponent = rest.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        power += isNegative ? -exponent : exponent
        return true
    }
}
