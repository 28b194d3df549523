import GoLibrary

/// A regular expression in Go's syntax (RE2).
final class Pattern {
    private let compiled: GoRegex

    /// - Throws: `BuildError` for a pattern that is not one.
    init(_ text: String, at node: Node?) throws(BuildError) {
        do throws(GoRegex.Problem) {
            compiled = try GoRegex(text)
        } catch {
            throw BuildError(error.message, at: node, hint: "the pattern must be a regular expression of RE2")
        }
    }

    /// Whether the text has a match anywhere.
    func matches(_ text: String) -> Bool { compiled.matches(Array(text.utf8)) }
}

/// A part of a selector: matches all when empty, what is equal to it when it has no special character, else as an
/// anchored regular expression.
struct SelectorPart {
    private enum Form {
        case all
        case exactly(String)
        case pattern(Pattern)
    }

    private let form: Form

    init(_ node: Node?) throws(BuildError) {
        let text = node?.valueText ?? ""
        if text.isEmpty {
            form = .all
        } else if text.utf8.allSatisfy({ Self.isLiteral($0) }) {
            form = .exactly(text)
        } else {
            form = .pattern(try Pattern("^(?:\(text))$", at: node))
        }
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"), 0x80...:
            true
        default: false
        }
    }

    func matches(_ text: String) -> Bool {
        switch form {
        case .all: true
        case .exactly(let expected): text == expected
        case .pattern(let pattern): pattern.matches(text)
        }
    }
}
