/// Takes a format of Go's `fmt` apart: which argument each directive shows, and what is wrong with it in Go's words.
package struct GoFormatReader {
    package enum Piece {
        /// Text of the format that stands for itself.
        case text(Range<Int>)
        /// A mistake in place of an argument, or a percent sign.
        case literal(String)
        /// An argument by its place, behind what is wrong with width and precision.
        case argument(Int, GoDirective, notice: String)
    }

    /// Go's bound on widths and precisions.
    private static let largest = 1_000_000

    private let format: UTF8Bytes.Bytes
    private let argumentCount: Int
    private var directive = GoDirective()
    private var notice = ""
    private var next = 0
    private var position = 0
    private var isIndexGood = true
    private var isReordered = false

    /// - Parameter format: must live as long as the reader.
    package init(_ format: UTF8Bytes.Bytes, argumentCount: Int) {
        (self.format, self.argumentCount) = (format, argumentCount)
    }

    /// The arguments that no directive showed, once the format is at its end.
    package var extra: Range<Int> { isReordered || next >= argumentCount ? 0..<0 : next..<argumentCount }

    /// The next piece; nil at the end.
    /// - Parameter integer: the argument at a place when it is a whole number, which may be a width or a precision.
    package mutating func piece(integer: (Int) -> Int64?) -> Piece? {
        guard position < format.count else { return nil }
        if format[position] != UInt8(ascii: "%") {
            let start = position
            position = format[start...].firstIndex(of: UInt8(ascii: "%")) ?? format.count
            return .text(start..<position)
        }
        position += 1
        return readDirective(integer)
    }

    /// One directive, from behind its `%`.
    private mutating func readDirective(_ integer: (Int) -> Int64?) -> Piece {
        directive = GoDirective()
        notice = ""
        isIndexGood = true
        readFlags()
        var isAfterIndex = readIndex()
        readWidth(&isAfterIndex, integer)
        readPrecision(&isAfterIndex, integer)
        if !isAfterIndex { _ = readIndex() }
        guard position < format.count else { return .literal(notice + "%!(NOVERB)") }
        let verb = UTF8Bytes.scalar(format, at: &position)
        if verb == "%" { return .literal(notice + "%") }
        if !isIndexGood { return .literal("\(notice)%!\(verb)(BADINDEX)") }
        guard next < argumentCount else { return .literal("\(notice)%!\(verb)(MISSING)") }
        directive.verb = verb
        if verb == "v" {
            (directive.sharpV, directive.sharp) = (directive.sharp, false)
            (directive.plusV, directive.plus) = (directive.plus, false)
        }
        next += 1
        return .argument(next - 1, directive, notice: notice)
    }

    private mutating func readFlags() {
        while position < format.count {
            switch format[position] {
            case UInt8(ascii: "#"): directive.sharp = true
            case UInt8(ascii: "0"): directive.zero = true
            case UInt8(ascii: "+"): directive.plus = true
            case UInt8(ascii: "-"): directive.minus = true
            case UInt8(ascii: " "): directive.space = true
            default: return
            }
            position += 1
        }
    }

    private mutating func readWidth(_ isAfterIndex: inout Bool, _ integer: (Int) -> Int64?) {
        if take(UInt8(ascii: "*")) {
            directive.width = integerArgument(integer)
            if directive.width == nil { notice += "%!(BADWIDTH)" }
            if let width = directive.width, width < 0 {
                directive.width = -width
                directive.minus = true
                directive.zero = false
            }
            isAfterIndex = false
        } else {
            directive.width = readNumber(upTo: format.count)
            if isAfterIndex, directive.width != nil { isIndexGood = false }
        }
    }

    private mutating func readPrecision(_ isAfterIndex: inout Bool, _ integer: (Int) -> Int64?) {
        guard take(UInt8(ascii: ".")) else { return }
        if isAfterIndex { isIndexGood = false }
        isAfterIndex = readIndex()
        if take(UInt8(ascii: "*")) {
            directive.precision = integerArgument(integer)
            if let precision = directive.precision, precision < 0 { directive.precision = nil }
            if directive.precision == nil { notice += "%!(BADPREC)" }
            isAfterIndex = false
        } else {
            directive.precision = readNumber(upTo: format.count) ?? 0
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
        guard format.count - start >= 3, let close = format[(start + 1)...].firstIndex(of: UInt8(ascii: "]")) else {
            isIndexGood = false
            position = start + 1
            return false
        }
        position = start + 1
        let number = readNumber(upTo: close)
        let isWhole = number != nil && position == close
        position = close + 1
        if isWhole, let number, number >= 1, number <= argumentCount {
            next = number - 1
            return true
        }
        isIndexGood = false
        return isWhole
    }

    private mutating func integerArgument(_ integer: (Int) -> Int64?) -> Int? {
        guard next < argumentCount else { return nil }
        next += 1
        guard let number = integer(next - 1), number.magnitude <= UInt64(Self.largest) else { return nil }
        return Int(number)
    }
}
