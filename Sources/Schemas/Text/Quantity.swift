/// An amount as Kubernetes writes it: `250m`, `1.5Gi`, `1e3`. Exact to a billionth, as the server keeps it.
struct Quantity {
    /// Billionths, rounded away from zero; the largest number where it does not fit.
    let nanos: Int128

    /// Nil for a text that is not a quantity.
    init?(_ text: UnsafeBufferPointer<UInt8>) {
        var index = 0
        var isNegative = false
        if index < text.count, text[index] == 0x2B || text[index] == 0x2D {
            isNegative = text[index] == 0x2D
            index += 1
        }
        var digits = Int128(0)
        var scale = 0
        var count = 0
        var isFraction = false
        while index < text.count {
            let byte = text[index]
            if byte == 0x2E {
                if isFraction { return nil }
                isFraction = true
            } else if (0x30...0x39).contains(byte) {
                count += 1
                // What is beyond thirty digits changes nothing that is compared here.
                if digits < 1_000_000_000_000_000_000_000_000_000_000 {
                    digits = digits * 10 + Int128(byte - 0x30)
                    if isFraction { scale -= 1 }
                } else if !isFraction {
                    scale += 1
                }
            } else {
                break
            }
            index += 1
        }
        guard count > 0, let (power, base) = Self.unit(UnsafeBufferPointer(rebasing: text[index...])) else {
            return nil
        }
        let magnitude = Self.scaled(digits, ten: scale + 9 + (base == 10 ? power : 0), two: base == 2 ? power : 0)
        nanos = isNegative ? -magnitude : magnitude
    }

    init(_ number: Int64) { nanos = Int128(number) * 1_000_000_000 }

    var isNegative: Bool { nanos < 0 }
    var isZero: Bool { nanos == 0 }
    /// Whether it has no part smaller than one.
    var isWhole: Bool { nanos % 1_000_000_000 == 0 }

    /// The power and base of a suffix.
    private static func unit(_ suffix: UnsafeBufferPointer<UInt8>) -> (power: Int, base: Int)? {
        switch String(decoding: suffix, as: UTF8.self) {
        case "": return (0, 10)
        case "n": return (-9, 10)
        case "u": return (-6, 10)
        case "m": return (-3, 10)
        case "k": return (3, 10)
        case "M": return (6, 10)
        case "G": return (9, 10)
        case "T": return (12, 10)
        case "P": return (15, 10)
        case "E": return (18, 10)
        case "Ki": return (10, 2)
        case "Mi": return (20, 2)
        case "Gi": return (30, 2)
        case "Ti": return (40, 2)
        case "Pi": return (50, 2)
        case "Ei": return (60, 2)
        default:
            guard suffix[0] == 0x65 || suffix[0] == 0x45, suffix.count <= 12 else { return nil }
            return Int(String(decoding: suffix[1...], as: UTF8.self)).map { (max(-1000, min(1000, $0)), 10) }
        }
    }

    private static func scaled(_ digits: Int128, ten: Int, two: Int) -> Int128 {
        if digits == 0 { return 0 }
        var value = digits
        for _ in 0..<two {
            let (product, overflow) = value.multipliedReportingOverflow(by: 2)
            if overflow { return .max }
            value = product
        }
        var exponent = ten
        while exponent > 0 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            if overflow { return .max }
            value = product
            exponent -= 1
        }
        var isCut = false
        while exponent < 0, value > 0 {
            if value % 10 != 0 { isCut = true }
            value /= 10
            exponent += 1
        }
        return isCut ? value + 1 : value
    }

    /// How to write what somebody wrote as `text`.
    static func advice(on text: String) -> String {
        let endings = [
            ("gb", "G or Gi"), ("mb", "M or Mi"), ("kb", "k or Ki"), ("tb", "T or Ti"), ("gib", "Gi"), ("mib", "Mi"),
            ("kib", "Ki"),
        ]
        let lowered = text.lowercased()
        if let (ending, unit) = endings.first(where: { lowered.hasSuffix($0.0) }) {
            return "units have no B: write \(unit) instead of \(text.suffix(ending.count))"
        }
        if text.contains(" ") { return "write number and unit without a space" }
        if lowered.hasSuffix("cores") || lowered.hasSuffix("core") || lowered.hasSuffix("cpu") {
            return "write the number alone"
        }
        if text.hasSuffix("K") { return "the unit is k (1000) or Ki (1024)" }
        if lowered.hasSuffix("mi") || lowered.hasSuffix("gi") || lowered.hasSuffix("ki") {
            return "units are case-sensitive: Ki, Mi, Gi, Ti"
        }
        return "write a number with one of the units m, k, M, G, T, Ki, Mi, Gi, Ti, as in 250m or 1.5Gi"
    }
}
