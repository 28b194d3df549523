import Documents

/// The `location` of a mutator: `spec.containers[name: *].image`.
///
/// A name is a word of letters, digits, dashes and underscores that does not begin with a digit, or stands in quotes. An
/// element of a list is named by one of its fields, with a text, a whole number, or `*` for all elements.
package struct MutatorLocation: Sendable, Hashable {
    package enum Step: Sendable, Hashable {
        case field(String)
        case element(key: String, Wanted)
    }

    /// Which elements of a list.
    package enum Wanted: Sendable, Hashable {
        case all
        case text(String)
        case number(Int64)

        /// Whether an element's field says that it is one.
        func matches(_ value: Value) -> Bool {
            switch self {
            case .all: true
            case .text(let text): value.stringValue == text
            case .number(let number): value.intValue == number
            }
        }

        func value(in arena: Arena) -> Value {
            switch self {
            case .all: .undefined
            case .text(let text): arena.string(text)
            case .number(let number): .int(number)
            }
        }
    }

    /// Why a text is no location.
    package struct Problem: Error, Sendable {
        package var message: String
    }

    package private(set) var steps: [Step] = []

    /// - Throws: the first thing that is wrong.
    package init(_ text: String) throws(Problem) {
        var scanner = LocationScanner(text)
        var token = try scanner.next()
        if token == .end { throw Problem(message: "it is empty") }
        while true {
            guard case .word(let name) = token else {
                throw Problem(message: "the name of a field is expected, not \(token.shown)")
            }
            steps.append(.field(name))
            token = try scanner.next()
            if token == .open {
                steps.append(try Self.element(&scanner))
                token = try scanner.next()
            }
            if token == .end { return }
            guard token == .dot else { throw Problem(message: "a dot or the end is expected, not \(token.shown)") }
            token = try scanner.next()
            if token == .end { throw Problem(message: "it ends with a dot") }
        }
    }

    private static func element(_ scanner: inout LocationScanner) throws(Problem) -> Step {
        let token = try scanner.next()
        guard case .word(let key) = token else {
            throw Problem(message: "the field that names elements is expected after [, not \(token.shown)")
        }
        let colon = try scanner.next()
        guard colon == .colon else { throw Problem(message: "a colon is expected after \(key), not \(colon.shown)") }
        let wanted: Wanted
        let value = try scanner.next()
        switch value {
        case .star: wanted = .all
        case .word(let text): wanted = .text(text)
        case .number(let number): wanted = .number(number)
        default: throw Problem(message: "a text, a number or * is expected after \(key):, not \(value.shown)")
        }
        let end = try scanner.next()
        guard end == .close else { throw Problem(message: "] is expected, not \(end.shown)") }
        return .element(key: key, wanted)
    }

    /// Whether it leads through another one's steps first.
    func begins(with other: MutatorLocation) -> Bool { steps.starts(with: other.steps) }

    /// Whether it is about `metadata`.
    var isMetadata: Bool { steps.first == .field("metadata") }
}

/// Tells the parts of a location apart.
private struct LocationScanner {
    enum Token: Equatable {
        case word(String), number(Int64), dot, open, close, colon, star, end

        var shown: String {
            switch self {
            case .word(let text): "\"\(text)\""
            case .number(let number): String(number)
            case .dot: "a dot"
            case .open: "["
            case .close: "]"
            case .colon: "a colon"
            case .star: "*"
            case .end: "the end"
            }
        }
    }

    private let text: [Unicode.Scalar]
    private var position = 0

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    private var current: Unicode.Scalar? { position < text.count ? text[position] : nil }

    mutating func next() throws(MutatorLocation.Problem) -> Token {
        while let current, " \t\r\n".unicodeScalars.contains(current) { position += 1 }
        guard let first = current else { return .end }
        if Self.isDigit(first) { return try number() }
        if Self.isWord(first) { return .word(take(while: Self.isWord)) }
        position += 1
        switch first {
        case ".": return .dot
        case "[": return .open
        case "]": return .close
        case "*": return .star
        case ":": return .colon
        case "\"", "'": return .word(try quoted(until: first))
        default: throw MutatorLocation.Problem(message: "\"\(first)\" has no meaning in it")
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || isDigit(scalar) || scalar == "_" || scalar == "-"
    }

    private mutating func take(while isPart: (Unicode.Scalar) -> Bool) -> String {
        var result = String.UnicodeScalarView()
        while let current, isPart(current) {
            result.append(current)
            position += 1
        }
        return String(result)
    }

    private mutating func number() throws(MutatorLocation.Problem) -> Token {
        let digits = take(while: Self.isDigit)
        guard let number = Int64(digits) else { throw MutatorLocation.Problem(message: "\(digits) is too large a number") }
        return .number(number)
    }

    /// A text in quotes; a backslash stands before what means itself.
    private mutating func quoted(until quote: Unicode.Scalar) throws(MutatorLocation.Problem) -> String {
        var result = String.UnicodeScalarView()
        while let scalar = current {
            position += 1
            if scalar == quote { return String(result) }
            if scalar == "\\", let escaped = current {
                result.append(escaped)
                position += 1
            } else if scalar != "\\" {
                result.append(scalar)
            }
        }
        throw MutatorLocation.Problem(message: "a quote is not closed")
    }
}
