/// What libyaml's terse messages mean to an author of manifests, and what to do about them.
struct LibYAMLWording {
    var message: String
    var hint: String?
    /// What is said about the other place.
    var note: String?
    /// Whether the place to show is where the construct began, not where it failed.
    var pointsAtContext = false

    private init(_ message: String, hint: String? = nil, note: String? = nil, pointsAtContext: Bool = false) {
        self.message = message
        self.hint = hint
        self.note = note
        self.pointsAtContext = pointsAtContext
    }

    /// The wording for an error at a character; `isUnclosed` when that is the end of the text or of the document.
    init(_ error: LibYAMLError, _ character: String, isUnclosed: Bool) {
        let context = error.context.isEmpty ? "" : " \(error.context)"
        self =
            Self.characters(error, character) ?? Self.structure(error, isUnclosed: isUnclosed)
            ?? LibYAMLWording(error.problem + context, note: "it starts here")
    }

    /// Problems of single characters, from libyaml's scanner.
    private static func characters(_ error: LibYAMLError, _ character: String) -> LibYAMLWording? {
        switch error.problem {
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected",
            "found character that cannot start any token" where character == "\t":
            LibYAMLWording("a tab is used where YAML allows only spaces", hint: "indent with spaces")
        case "found character that cannot start any token":
            LibYAMLWording("a value may not start with '\(character)'", hint: "put the value in quotes")
        case "found invalid Unicode character escape code":
            LibYAMLWording(
                "the escape is not a Unicode character",
                hint: "write a character above U+FFFF as it is, or as \\U and eight digits")
        case "found unknown escape character":
            LibYAMLWording(
                "unknown escape sequence in double quotes", hint: "use single quotes, or write \\\\ for a backslash")
        case "did not find expected alphabetic or numeric character":
            named(error.context.contains("alias") ? "*" : "&")
        case "found undefined tag handle":
            LibYAMLWording("the tag's prefix is not declared", hint: "put a value that starts with '!' in quotes")
        default: nil
        }
    }

    private static func named(_ sign: String) -> LibYAMLWording {
        LibYAMLWording(
            "'\(sign)' must be followed by a name", hint: "put a value that starts with '\(sign)' in quotes",
            pointsAtContext: true)
    }

    /// Problems of the structure, mostly from libyaml's parser.
    private static func structure(_ error: LibYAMLError, isUnclosed: Bool) -> LibYAMLWording? {
        switch (error.problem, error.context) {
        case ("found unexpected end of stream", "while scanning a quoted scalar"),
            ("found unexpected document indicator", "while scanning a quoted scalar"):
            LibYAMLWording(
                "the quoted text that starts here is never closed", hint: "add the closing quote",
                note: "it goes on to here", pointsAtContext: true)
        case ("did not find expected ',' or ']'", _) where isUnclosed:
            LibYAMLWording(
                "the list that starts here is never closed", hint: "add the closing ']'", pointsAtContext: true)
        case ("did not find expected ',' or '}'", _) where isUnclosed:
            LibYAMLWording(
                "the mapping that starts here is never closed", hint: "add the closing '}'", pointsAtContext: true)
        case ("did not find expected ',' or ']'", _):
            LibYAMLWording("expected ',' or ']' in the list", note: "the list starts here")
        case ("did not find expected ',' or '}'", _):
            LibYAMLWording("expected ',' or '}' in the mapping", note: "the mapping starts here")
        case ("did not find expected node content", _):
            LibYAMLWording(isUnclosed ? "expected a value before this" : "expected a value here")
        case ("mapping values are not allowed in this context", _):
            LibYAMLWording(
                "a ':' is not allowed here",
                hint: "check the indentation of this line, or put a value that contains ': ' in quotes")
        case ("did not find expected key", "while parsing a block mapping"):
            LibYAMLWording(
                "expected a key of the mapping here", hint: "check the indentation, and quotes that close too early",
                note: "the mapping starts here")
        case ("could not find expected ':'", _):
            LibYAMLWording(
                "expected ':' after this key", hint: "write `key: value`, or check the indentation",
                pointsAtContext: true)
        case ("did not find expected '-' indicator", _):
            LibYAMLWording(
                "expected a list item ('- ') here", hint: "align it with the other items", note: "the list starts here")
        case ("block sequence entries are not allowed in this context", _):
            LibYAMLWording(
                "a list item is not allowed here", hint: "start the list on a line of its own, below its key")
        case ("did not find expected <document start>", _):
            LibYAMLWording("expected '---' before the next document")
        default: nil
        }
    }
}
