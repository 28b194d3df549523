import BigInt
import Documents

/// Formats values as Go's `fmt.Sprintf` formats what OPA passes it: integers as `int64` or `*big.Int`, other numbers as
/// `float64`, everything else as text.
struct GoFormat {
    /// A value as Go sees it.
    enum Argument {
        case integer(Int64)
        case big(BigInt)
        case float(Double)
        case text(Value)

        var typeName: String {
            switch self {
            case .integer: "int64"
            case .big: "*big.Int"
            case .float: "float64"
            case .text: "string"
            }
        }
    }

    /// What stands between `%` and the verb.
    struct Flags {
        var plus = false, minus = false, sharp = false, space = false, zero = false
        /// `%+v` and `%#v`.
        var plusV = false, sharpV = false
        var width: Int?
        var precision: Int?
    }

    private let format: UTF8Bytes.Bytes
    private let values: UnsafeBufferPointer<Value>
    private let context: EvaluationContext
    var out: TextBuilder
    var flags = Flags()
    private var next = 0
    private var position = 0
    private var isIndexGood = true
    private var isReordered = false

    init(_ format: UTF8Bytes.Bytes, _ values: UnsafeBufferPointer<Value>, _ context: EvaluationContext) {
        (self.format, self.values, self.context) = (format, values, context)
        out = TextBuilder(context, capacity: format.count + 64)
    }

    mutating func run() {
        while position < format.count, !out.isOverLimit {
            let percent = UTF8Bytes.find(PlainFormat.percentSign, in: format, from: position)
            let end = percent < 0 ? format.count : percent
            out.append(UnsafeBufferPointer(rebasing: format[position..<end]))
            position = end + 1
            if percent >= 0 { directive() }
        }
        if !isReordered, next < values.count { reportExtra() }
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
        guard position < format.count else { return out.append("%!(NOVERB)") }
        let verb = UTF8Bytes.scalar(format, at: &position)
        if verb == "%" { return out.append(UInt8(ascii: "%")) }
        if !isIndexGood { return report(verb, "(BADINDEX)") }
        guard next < values.count else { return report(verb, "(MISSING)") }
        if verb == "v" {
            (flags.sharpV, flags.sharp) = (flags.sharp, false)
            (flags.plusV, flags.plus) = (flags.plus, false)
        }
        write(argument(values[next]), verb)
        next += 1
    }

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
            if flags.width == nil { out.append("%!(BADWIDTH)") }
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
            if flags.precision == nil { out.append("%!(BADPREC)") }
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

    private static let largest = 1_000_000

    /// An argument index such as `[2]`; whether there was one.
    private mutating func readIndex() -> Bool {
        guard position < format.count, format[position] == UInt8(ascii: "[") else { return false }
        isReordered = true
        let start = position
        guard format.count - start >= 3,
            let close = format[(start + 1)...].firstIndex(of: UInt8(ascii: "]"))
        else {
            isIndexGood = false
            position = start + 1
            return false
        }
        position = start + 1
        let number = readNumber(upTo: close)
        let isWhole = number != nil && position == close
        position = close + 1
        if isWhole, let number, number >= 1, number <= values.count {
            next = number - 1
            return true
        }
        isIndexGood = false
        return isWhole
    }

    private mutating func integerArgument() -> Int? {
        guard next < values.count else { return nil }
        let value = argument(values[next])
        next += 1
        guard case .integer(let number) = value else { return nil }
        return number.magnitude <= UInt64(Self.largest) ? Int(number) : nil
    }

    // MARK: Arguments

    /// The text of a number decides, as in OPA from 1.21 on: with a point it is a float, also `100.0`; with an exponent but no
    /// point OPA hands it over as text.
    private func argument(_ value: Value) -> Argument {
        switch value.kind {
        case .int: return .integer(value.rawInt)
        case .decimal:
            let hasPoint = value.utf8.contains(UInt8(ascii: "."))
            let hasExponent = value.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
            if !hasPoint, !hasExponent {
                if let small = value.integerValue { return .integer(small) }
                return Numbers.integer(value).map(Argument.big) ?? .text(text(value))
            }
            let number = NumberText.double(value)
            return hasPoint && number.isFinite ? .float(number) : .text(text(value))
        case .string: return .text(value)
        default: return .text(text(value))
        }
    }

    private func text(_ value: Value) -> Value {
        var text = TextBuilder(context)
        TermText.write(value, to: &text)
        return text.value
    }

    private mutating func write(_ argument: Argument, _ verb: Unicode.Scalar) {
        if verb == "T" {
            var name = argument.typeName
            return name.withUTF8 { writeText($0) }
        }
        switch argument {
        case .integer(let number): writeInteger(number, verb)
        case .big(let number): writeBig(number, verb)
        case .float(let number): writeFloat(number, verb)
        case .text(let value): writeString(value.utf8, verb)
        }
    }

    // MARK: Mistakes in the format

    private mutating func report(_ verb: Unicode.Scalar, _ what: StaticString) {
        out.append("%!")
        out.append(verb)
        out.append(what)
    }

    /// `%!d(string=hi)`: the verb does not fit the argument, which is shown with `%v` and the same flags.
    mutating func reportBadVerb(_ verb: Unicode.Scalar, _ argument: Argument) {
        report(verb, "(")
        out.append(argument.typeName)
        out.append(UInt8(ascii: "="))
        write(argument, "v")
        out.append(UInt8(ascii: ")"))
    }

    private mutating func reportExtra() {
        flags = Flags()
        out.append("%!(EXTRA ")
        for index in next..<values.count {
            if index > next { out.append(", ") }
            let argument = argument(values[index])
            out.append(argument.typeName)
            out.append(UInt8(ascii: "="))
            write(argument, "v")
        }
        out.append(UInt8(ascii: ")"))
    }
}
