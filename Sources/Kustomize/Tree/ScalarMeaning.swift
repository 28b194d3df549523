import Documents

/// What a scalar means when it is read as go-yaml v3 reads it, the library that kustomize holds resources in: YAML 1.2
/// words for booleans, but octals, underscores and dates of YAML 1.1.
enum ScalarMeaning {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case float(Double)
    case string
    /// A date, which becomes a string in RFC 3339.
    case timestamp(String)
    case merge

    /// The tag that a plain scalar has after reading.
    var tag: Node.Tag {
        switch self {
        case .null: .null
        case .bool: .bool
        case .int, .uint: .int
        case .float: .float
        case .string: .string
        case .timestamp: .timestamp
        case .merge: .merge
        }
    }

    /// The meaning of a plain scalar.
    init(plain text: String) {
        guard let first = text.utf8.first else {
            self = .null
            return
        }
        switch first {
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            self = text == "true" || text == "True" || text == "TRUE" ? .bool(true) : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            self = text == "false" || text == "False" || text == "FALSE" ? .bool(false) : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            self = text == "null" || text == "Null" || text == "NULL" ? .null : .string
        case UInt8(ascii: "~"): self = text == "~" ? .null : .string
        case UInt8(ascii: "<"): self = text == "<<" ? .merge : .string
        case UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            self = Self.number(text)
        default: self = .string
        }
    }

    private static func number(_ text: String) -> ScalarMeaning {
        switch text {
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .float(-.infinity)
        default: break
        }
        if text.utf8.first == UInt8(ascii: ".") { return GoNumber.float(text).map { .float($0) } ?? .string }
        if let date = Timestamp(text) { return .timestamp(date.rfc3339) }
        let digits = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
        if let integer = GoNumber.signed(digits) { return .int(integer) }
        if let integer = GoNumber.unsigned(digits) { return .uint(integer) }
        if GoNumber.isDecimal(digits), let number = GoNumber.float(digits) { return .float(number) }
        return .string
    }
}

/// Numbers as Go's `strconv` reads them.
enum GoNumber {
    /// `ParseInt(text, 0, 64)`, with the prefixes `0x`, `0b`, `0o` and `0`.
    static func signed(_ text: String) -> Int64? {
        let isNegative = text.utf8.first == UInt8(ascii: "-")
        let hasSign = isNegative || text.utf8.first == UInt8(ascii: "+")
        guard let magnitude = unsigned(hasSign ? String(text.dropFirst()) : text) else { return nil }
        if isNegative { return magnitude <= 1 << 63 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil }
        return Int64(exactly: magnitude)
    }

    /// `ParseUint(text, 0, 64)`.
    static func unsigned(_ text: String) -> UInt64? {
        var digits = Substring(text)
        var base = 10
        if digits.utf8.first == UInt8(ascii: "0"), digits.utf8.count > 1 {
            switch digits.utf8.dropFirst().first.map({ $0 | 0x20 }) {
            case UInt8(ascii: "x"): (base, digits) = (16, digits.dropFirst(2))
            case UInt8(ascii: "b"): (base, digits) = (2, digits.dropFirst(2))
            case UInt8(ascii: "o"): (base, digits) = (8, digits.dropFirst(2))
            default: (base, digits) = (8, digits.dropFirst())
            }
        }
        guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
        return UInt64(digits, radix: base)
    }

    /// Whether the text is a decimal number: a sign, digits with at most one point, an exponent.
    static func isDecimal(_ text: String) -> Bool {
        var rest = text.utf8[...]
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let whole = rest.prefix { $0 &- 0x30 <= 9 }.count
        rest = rest.dropFirst(whole)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = rest.prefix { $0 &- 0x30 <= 9 }.count
            rest = rest.dropFirst(fraction)
        }
        guard whole + fraction > 0 else { return false }
        if rest.isEmpty { return true }
        guard rest.removeFirst() | 0x20 == UInt8(ascii: "e") else { return false }
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        return !rest.isEmpty && rest.allSatisfy { $0 &- 0x30 <= 9 }
    }

    /// `ParseFloat(text, 64)` of a decimal number; nil if it has no finite double.
    static func float(_ text: String) -> Double? {
        guard isDecimal(text), let number = Double(text), number.isFinite else { return nil }
        return number
    }
}

/// A date, or a date and time, as go-yaml accepts it.
struct Timestamp {
    /// As `encoding/json` writes Go's time.
    let rfc3339: String

    init?(_ text: String) {
        let bytes = Array(text.utf8)
        // Four digits and a dash tell dates from nearly all other numbers.
        guard bytes.count >= 8, bytes[4] == UInt8(ascii: "-"), bytes[..<4].allSatisfy({ $0 &- 0x30 <= 9 }),
            bytes.withUnsafeBufferPointer({ YAMLTimestamp.matches($0) })
        else { return nil }
        rfc3339 = Self.normalised(bytes)
    }

    private static func normalised(_ bytes: [UInt8]) -> String {
        var numbers: [String] = []
        var fraction = ""
        var zone = "Z"
        var index = 0
        func digits() -> String {
            let start = index
            while index < bytes.count, bytes[index] &- 0x30 <= 9 { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
        while index < bytes.count {
            numbers.append(digits())
            guard index < bytes.count, numbers.count < 6 else { break }
            index += 1
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ",") {
            index += 1
            var text = String(digits().prefix(9))
            while text.last == "0" { text.removeLast() }
            fraction = text.isEmpty ? "" : "." + text
        }
        if index < bytes.count, bytes[index] == UInt8(ascii: "+") || bytes[index] == UInt8(ascii: "-") {
            let text = String(decoding: bytes[index...], as: UTF8.self)
            zone = text.dropFirst() == "00:00" ? "Z" : text
        }
        func two(_ place: Int) -> String {
            let text = place < numbers.count ? numbers[place] : "00"
            return text.utf8.count < 2 ? "0" + text : text
        }
        return "\(numbers[0])-\(two(1))-\(two(2))T\(two(3)):\(two(4)):\(two(5))\(fraction)\(zone)"
    }
}
