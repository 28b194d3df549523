import GoLibrary

/// Formats values as Go's `fmt.Sprintf`.
package struct GoFormatter {
    private var out: [UInt8] = []
    private var directive = GoDirective()
    /// Collections that are open.
    private var depth = 0

    private init() {}

    /// The formatted bytes; cut off soon after `limit` bytes.
    package static func bytes(_ format: [UInt8], _ arguments: [GoValue], limit: Int = .max) -> [UInt8] {
        var formatter = GoFormatter()
        format.withUnsafeBufferPointer { formatter.run($0, arguments, limit) }
        return formatter.out
    }

    package static func text(_ format: String, _ arguments: [GoValue]) -> String {
        String(decoding: bytes(Array(format.utf8), arguments), as: UTF8.self)
    }

    private mutating func run(_ format: UnsafeBufferPointer<UInt8>, _ arguments: [GoValue], _ limit: Int) {
        var reader = GoFormatReader(format, argumentCount: arguments.count)
        while out.count <= limit, let piece = reader.piece(integer: { arguments[$0].asInteger }) {
            switch piece {
            case .text(let range): out += format[range]
            case .literal(let text): append(text)
            case .argument(let index, let directive, let notice):
                append(notice)
                self.directive = directive
                write(arguments[index], directive.verb)
            }
        }
        if out.count <= limit, !reader.extra.isEmpty { reportExtra(arguments[reader.extra]) }
    }

    private mutating func append(_ text: String) { out += text.utf8 }

    private mutating func word(_ word: String) { directive.write(word: word, to: &out) }

    // MARK: Values

    private mutating func write(_ value: GoValue, _ verb: Unicode.Scalar) {
        if verb == "T" { return word(value.isNil ? "<nil>" : value.typeName(dynamic: true)) }
        let directive = directive.with(verb: verb)
        switch value.content {
        case .missing, .null:
            if verb == "v" { word("<nil>") } else { append("%!\(verb)(<nil>)") }
        case .bool(let flag):
            if verb == "t" || verb == "v" { word(flag ? "true" : "false") } else { reportBadVerb(verb, value) }
        case .integer(let number, _): if !directive.write(integer: number, to: &out) { reportBadVerb(verb, value) }
        case .float(let number):
            if !number.isFinite, "vbgGxXfFeE".unicodeScalars.contains(verb) {
                word(FloatText.plain(number))
            } else if !directive.write(float: number, to: &out) {
                reportBadVerb(verb, value)
            }
        case .complex(let number):
            if verb == "v" || verb == "g" { word(GoPrint.complex(number)) } else { reportBadVerb(verb, value) }
        case .string(let text), .numberText(let text): write(Array(text.utf8), verb, value)
        case .bytes(let bytes): write(bytes, verb, value)
        case .list, .map: collection(value, verb)
        case .object(let object):
            if "vsqxX".unicodeScalars.contains(verb) {
                let isSource = verb == "v" && directive.sharpV, isDetailed = verb == "v" && directive.plusV
                let text = isSource ? object.sourceText : isDetailed ? object.detailedText : object.text
                write(Array(text.utf8), verb == "v" ? "s" : verb, value)
            } else {
                reportBadVerb(verb, value)
            }
        }
    }

    private mutating func write(_ text: [UInt8], _ verb: Unicode.Scalar, _ value: GoValue) {
        let directive = directive.with(verb: verb)
        if !text.withUnsafeBufferPointer({ directive.write(text: $0, to: &out) }) { reportBadVerb(verb, value) }
    }

    /// `[a b]` and `map[k:v]`, with `#` as Go source; the verb, width and precision are those of each element.
    private mutating func collection(_ value: GoValue, _ verb: Unicode.Scalar) {
        // Values that hold themselves, or each other many times, are cut off here.
        if depth > 500 || out.count > 64 << 20 { return append("...") }
        depth += 1
        defer { depth -= 1 }
        if verb == "w" || verb == "p" { return reportBadVerb(verb, value) }
        let isSource = verb == "v" && directive.sharpV
        let map = value.asMap
        let list = value.asList
        if isSource, value.holdsNil { return append(value.typeName(dynamic: true) + "(nil)") }
        append(isSource ? value.typeName(dynamic: true) + "{" : map == nil ? "[" : "map[")
        for index in 0..<(map?.count ?? list?.items.count ?? 0) {
            if index > 0 { append(isSource ? ", " : " ") }
            if let map {
                write(.string(map.keys[index]), verb)
                append(":")
            }
            let element = map?.values[index] ?? list?.items[index] ?? .missing
            if element.isNil {
                append(isSource ? "interface {}(nil)" : "<nil>")
            } else {
                write(element, verb)
            }
        }
        append(isSource ? "}" : "]")
    }

    // MARK: Mistakes in the format

    /// `%!d(string=hi)`: the verb does not fit the argument, which is shown with `%v` and the same flags.
    private mutating func reportBadVerb(_ verb: Unicode.Scalar, _ argument: GoValue) {
        append("%!\(verb)(")
        if argument.isNil { return append("<nil>)") }
        append(argument.typeName(dynamic: true) + "=")
        write(argument, "v")
        append(")")
    }

    private mutating func reportExtra(_ extra: ArraySlice<GoValue>) {
        directive = GoDirective()
        append("%!(EXTRA ")
        for (index, argument) in extra.enumerated() {
            if index > 0 { append(", ") }
            if argument.isNil {
                append("<nil>")
            } else {
                append(argument.typeName(dynamic: true) + "=")
                write(argument, "v")
            }
        }
        append(")")
    }
}
