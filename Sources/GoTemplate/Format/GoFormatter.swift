/// Formats values as Go's `fmt.Sprintf`.
package struct GoFormatter {
    /// What stands between `%` and the verb.
    struct Flags {
        var plus = false, minus = false, sharp = false, space = false, zero = false
        /// `%+v` and `%#v`.
        var plusV = false, sharpV = false
        var width: Int?
        var precision: Int?
    }

    /// Go's bound on widths and precisions.
    private static let largest = 1_000_000

    private let format: [UInt8]
    private let arguments: [GoValue]
    private let limit: Int
    var out: [UInt8] = []
    var flags = Flags()
    private var next = 0
    private var position = 0
    private var isIndexGood = true
    private var isReordered = false
    /// Collections that are open.
    var depth = 0

    private init(_ format: [UInt8], _ arguments: [GoValue], limit: Int) {
        (self.format, self.arguments, self.limit) = (format, arguments, limit)
    }

    /// The formatted bytes; cut off soon after `limit` bytes.
    package static func bytes(_ format: [UInt8], _ arguments: [GoValue], limit: Int = .max) -> [UInt8] {
        var formatter = GoFormatter(format, arguments, limit: limit)
        formatter.run()
        return formatter.out
    }

    package static func text(_ format: String, _ arguments: [GoValue]) -> String {
        String(decoding: bytes(Array(format.utf8), arguments), as: UTF8.self)
    }

    private mutating func run() {
        while position < format.count, out.count <= limit {
            let percent = format[position...].firstIndex(of: UInt8(ascii: "%")) ?? format.count
            out += format[position..<percent]
            position = percent + 1
            if percent < format.count { directive() }
        }
        if !isReordered, next < arguments.count { reportExtra() }
    }

    /// One directive, from behind its `%`.
    private mutating func directive() {
        flags = Flags()
        isIndexGood = true
        readFlags()
        var isAfterIndex = readIndex()
        readWidth(&isAfterIndex)
        readPrecision(&isAfterIndex)
        if !isAfterIndex { _ = readIndex() }
        guard position < format.count else { return append("%!(NOVERB)") }
        let (verb, width) = GoText.scalar(format, position) ?? ("\u{FFFD}", 1)
        position += width
        if verb == "%" { return out.append(UInt8(ascii: "%")) }
        if !isIndexGood { return append("%!\(verb)(BADINDEX)") }
        guard next < arguments.count else { return append("%!\(verb)(MISSING)") }
        if verb == "v" {
            (flags.sharpV, flags.sharp) = (flags.sharp, false)
            (flags.plusV, flags.plus) = (flags.plus, false)
        }
        write(arguments[next], verb)
        next += 1
    }

    mutating func append(_ text: String) { out += text.utf8 }

    // MARK: Reading a directive

    private mutating func readFlags() {
        while position < format.count {
            switch format[position] {
            case UInt8(ascii: "#"): flags.sharp = true
            case UInt8(ascii: "0"): flags.zero = true
            case UInt8(ascii: "+"): flags.plus = true
            case UInt8(ascii: "-"): flags.minus = true
            case UInt8(ascii: " "): flags.space = true
            default: return
            }
            position += 1
        }
    }

    private mutating func readWidth(_ isAfterIndex: inout Bool) {
        if take(UInt8(ascii: "*")) {
            flags.width = integerArgument()
            if flags.width == nil { append("%!(BADWIDTH)") }
            if let width = flags.width, width < 0 {
                flags.width = -width
                flags.minus = true
                flags.zero = false
            }
            isAfterIndex = false
        } else {
            flags.width = readNumber(upTo: format.count)
            if isAfterIndex, flags.width != nil { isIndexGood = false }
        }
    }

    private mutating func readPrecision(_ isAfterIndex: inout Bool) {
        guard take(UInt8(ascii: ".")) else { return }
        if isAfterIndex { isIndexGood = false }
        isAfterIndex = readIndex()
        if take(UInt8(ascii: "*")) {
            flags.precision = integerArgument()
            if let precision = flags.precision, precision < 0 { flags.precision = nil }
            if flags.precision == nil { append("%!(BADPREC)") }
            isAfterIndex = false
        } else {
            flags.precision = readNumber(upTo: format.count) ?? 0
        }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < format.count, format[position] == byte else { return false }
        position += 1
        return true
    }

    /// Digits as a number; nil for none, and beyond a million also skips the rest of the format as Go does.
    private mutating func readNumber(upTo end: Int) -> Int? {
        var number: Int?
        while position < end, format[position] &- 0x30 <= 9 {
            if let number, number > Self.largest {
                position = end
                return nil
            }
            number = (number ?? 0) * 10 + Int(format[position] - 0x30)
            position += 1
        }
        return number
    }

    /// An argument index such as `[2]`; whether there was one.
    private mutating func readIndex() -> Bool {
        guard position < format.count, format[position] == UInt8(ascii: "[") else { return false }
        isReordered = true
        let start = position
        guard let close = format[start...].firstIndex(of: UInt8(ascii: "]")), close > start + 1 else {
            isIndexGood = false
            position = start + 1
            return false
        }
        position = start + 1
        let number = readNumber(upTo: close)
        let isWhole = number != nil && position == close
        position = close + 1
        if isWhole, let number, number >= 1, number <= arguments.count {
            next = number - 1
            return true
        }
        isIndexGood = false
        return isWhole
    }

    private mutating func integerArgument() -> Int? {
        guard next < arguments.count else { return nil }
        next += 1
        guard let number = arguments[next - 1].asInteger else { return nil }
        return number.magnitude <= UInt64(Self.largest) ? Int(number) : nil
    }

    // MARK: Mistakes in the format

    /// `%!d(string=hi)`: the verb does not fit the argument, which is shown with `%v` and the same flags.
    mutating func reportBadVerb(_ verb: Unicode.Scalar, _ argument: GoValue) {
        append("%!\(verb)(")
        if argument.isNil { return append("<nil>)") }
        append(argument.typeName(dynamic: true) + "=")
        write(argument, "v")
        append(")")
    }

    private mutating func reportExtra() {
        flags = Flags()
        append("%!(EXTRA ")
        for index in next..<arguments.count {
            if index > next { append(", ") }
            if arguments[index].isNil {
                append("<nil>")
            } else {
                append(arguments[index].typeName(dynamic: true) + "=")
                write(arguments[index], "v")
            }
        }
        append(")")
    }
}
