import Documents

/// Large unsigned integers as Rego numbers.
enum BigDecimal {
    /// The number that big-endian bytes stand for.
    static func value(_ bytes: some Collection<UInt8>, isNegative: Bool = false, in arena: Arena) -> Value {
        var limbs: [UInt64] = [0]  // base 10⁹, least significant first
        for byte in bytes {
            var carry = UInt64(byte)
            for index in limbs.indices {
                let sum = limbs[index] << 8 + carry
                limbs[index] = sum % 1_000_000_000
                carry = sum / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
        }
        var text = String(limbs[limbs.count - 1])
        for limb in limbs.dropLast().reversed() {
            let digits = String(limb)
            text += String(repeating: "0", count: 9 - digits.count) + digits
        }
        return NumberText.value(isNegative && text != "0" ? "-" + text : text, in: arena)
    }
}
