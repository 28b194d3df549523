import BigInt
import Documents
import GoLibrary

/// Formats values as Go's `fmt.Sprintf` formats what OPA passes it: integers as `int64` or `*big.Int`, other numbers as
/// `float64`, everything else as text.
struct GoFormat {
    /// A value as Go sees it.
    private enum Argument {
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

    private let format: UTF8Bytes.Bytes
    private let values: UnsafeBufferPointer<Value>
    private let context: EvaluationContext
    private(set) var out: TextBuilder
    /// One formatted argument.
    private var shown: [UInt8] = []

    init(_ format: UTF8Bytes.Bytes, _ values: UnsafeBufferPointer<Value>, _ context: EvaluationContext) {
        (self.format, self.values, self.context) = (format, values, context)
        out = TextBuilder(context, capacity: format.count + 64)
    }

    mutating func run() {
        var reader = GoFormatReader(format, argumentCount: values.count)
        let (values, context) = (values, context)
        let integer = { (index: Int) -> Int64? in
            guard case .integer(let number) = Self.argument(values[index], context) else { return nil }
            return number
        }
        while !out.isOverLimit, let piece = reader.piece(integer: integer) {
            switch piece {
            case .text(let range): out.append(UnsafeBufferPointer(rebasing: format[range]))
            case .literal(let text): out.append(text)
            case .argument(let index, let directive, let notice):
                out.append(notice)
                write(Self.argument(values[index], context), directive)
            }
        }
        if !out.isOverLimit, !reader.extra.isEmpty { writeExtra(reader.extra) }
    }

    // MARK: Arguments

    /// The text of a number decides, as in OPA from 1.21 on: with a point it is a float, also `100.0`; with an exponent but no
    /// point OPA hands it over as text.
    private static func argument(_ value: Value, _ context: EvaluationContext) -> Argument {
        func text() -> Argument {
            var text = TextBuilder(context)
            TermText.write(value, to: &text)
            return .text(text.value)
        }
        switch value.kind {
        case .int: return .integer(value.rawInt)
        case .decimal:
            let hasPoint = value.utf8.contains(UInt8(ascii: "."))
            let hasExponent = value.utf8.contains { $0 | 0x20 == UInt8(ascii: "e") }
            if !hasPoint, !hasExponent {
                if let small = value.integerValue { return .integer(small) }
                return Numbers.integer(value).map(Argument.big) ?? text()
            }
            let number = NumberText.double(value)
            return hasPoint && number.isFinite ? .float(number) : text()
        case .string: return .text(value)
        default: return text()
        }
    }

    private mutating func write(_ argument: Argument, _ directive: GoDirective) {
        // Long text is not copied twice.
        if case .text(let text) = argument, directive.verb == "s" || directive.verb == "v" && !directive.sharpV,
            directive.width == nil, directive.precision == nil
        {
            return out.append(text.utf8)
        }
        shown.removeAll(keepingCapacity: true)
        Self.append(argument, directive, to: &shown)
        shown.withUnsafeBufferPointer { out.append($0) }
    }

    private static func append(_ argument: Argument, _ directive: GoDirective, to output: inout [UInt8]) {
        if directive.verb == "T" {
            var name = argument.typeName
            _ = name.withUTF8 { directive.with(verb: "s").write(text: $0, to: &output) }
            return
        }
        let isWritten =
            switch argument {
            case .integer(let number): directive.write(integer: number, to: &output)
            case .big(let number): append(number, directive, to: &output)
            case .float(let number): directive.write(float: number, to: &output)
            case .text(let value): directive.write(text: value.utf8, to: &output)
            }
        if isWritten { return }
        // `%!d(string=hi)`: the verb does not fit the argument, which is shown with `%v` and the same flags.
        output += "%!\(directive.verb)(\(argument.typeName)=".utf8
        append(argument, directive.with(verb: "v"), to: &output)
        output.append(UInt8(ascii: ")"))
    }

    /// As `big.Int` formats itself.
    private static func append(_ number: BigInt, _ directive: GoDirective, to output: inout [UInt8]) -> Bool {
        let radix: Int
        switch directive.verb {
        case "b": radix = 2
        case "o", "O": radix = 8
        case "d", "s", "v": radix = 10
        case "x", "X": radix = 16
        default:
            output += "%!\(directive.verb)(big.Int=\(number))".utf8
            return true
        }
        let mark = output.count
        let digits = String(number.magnitude, radix: radix, uppercase: directive.verb == "X")
        let hasPlus = directive.plus || directive.plusV
        if number < 0 || hasPlus || directive.space { output.append(UInt8(ascii: number < 0 ? "-" : hasPlus ? "+" : " ")) }
        if directive.verb == "O" {
            output += "0o".utf8
        } else if directive.sharp {
            output += directive.prefix(radix: radix, hasZero: false).utf8
        }
        var zeros = max(0, (directive.precision ?? 0) - digits.utf8.count)
        if directive.precision == nil, directive.zero, !directive.minus, let width = directive.width {
            zeros = max(0, width - (output.count - mark) - digits.utf8.count)
        }
        output += repeatElement(UInt8(ascii: "0"), count: zeros)
        output += digits.utf8
        directive.pad(&output, since: mark, withZeros: false)
        return true
    }

    private mutating func writeExtra(_ extra: Range<Int>) {
        out.append("%!(EXTRA ")
        for index in extra {
            if index > extra.lowerBound { out.append(", ") }
            let argument = Self.argument(values[index], context)
            out.append(argument.typeName)
            out.append(UInt8(ascii: "="))
            write(argument, GoDirective())
        }
        out.append(UInt8(ascii: ")"))
    }
}
