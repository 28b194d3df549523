import CLibYAML
import Diagnostics

/// Something wrong with a YAML text, before it is tied to a file.
struct YAMLProblem {
    var code = DocumentCode.yaml
    var message: String
    var span: ByteSpan
    var hint: String?
    var note: (message: String, span: ByteSpan)?
    /// The wording of go-yaml, which policies see when `yaml.unmarshal` fails.
    var builtinMessage: String?

    func diagnostic(in source: SourceFile) -> Diagnostic {
        let line = source.byteRange(ofLine: source.line(at: Int(span.start)))
        let looksLikeTemplate = code == DocumentCode.yaml && source.text(in: line).contains("{{")
        let hint = looksLikeTemplate ? "this looks like a template; render it first, as `helm template` does" : hint
        func range(_ span: ByteSpan) -> SourceRange { SourceRange(file: source, start: span.start, end: span.end) }
        return Diagnostic(
            code: code, message: message, range: range(span),
            notes: note.map { [Diagnostic.Note($0.message, range: range($0.span))] } ?? [], hint: hint)
    }
}

/// What libyaml says about a text it cannot parse, with places as byte offsets.
struct LibYAMLError {
    let problem: String
    let context: String
    let place: Int
    let contextPlace: Int
    /// As go-yaml words it; its line numbers are 0-based except for the scanner's.
    let builtinMessage: String

    init(_ parser: yaml_parser_t, offset: (Int) -> UInt32) {
        problem = parser.problem.map { String(cString: $0) } ?? "the text cannot be read"
        context = parser.context.map { String(cString: $0) } ?? ""
        place = Int(offset(parser.problem_mark.index))
        contextPlace = parser.context == nil ? place : Int(offset(parser.context_mark.index))
        let line = parser.problem_mark.line + (parser.error == YAML_SCANNER_ERROR ? 1 : 0)
        builtinMessage = "yaml: line \(max(line, 1)): \(problem)"
    }
}

extension YAMLProblem {
    /// The problem in the words of an author of manifests, with a remedy where one is likely.
    init(_ error: LibYAMLError, in bytes: UnsafeBufferPointer<UInt8>) {
        let isAtEnd = error.place >= bytes.count
        let isUnclosed = isAtEnd || YAMLText.nextDocumentMarker(bytes, from: error.place) == error.place
        let wording = Self.wording(error, Self.character(bytes, error.place), isUnclosed: isUnclosed)
        let start = wording.pointsAtContext ? error.contextPlace : error.place
        self.init(message: wording.message, span: Self.span(bytes, start), hint: wording.hint)
        let other = wording.pointsAtContext ? error.place : error.contextPlace
        if let about = wording.note, other != start, other < bytes.count { note = (about, Self.span(bytes, other)) }
        builtinMessage = error.builtinMessage
    }

    private struct Wording {
        var message: String
        var hint: String?
        /// What is said about the other place.
        var note: String?
        /// Whether the place to show is where the construct began, not where it failed.
        var pointsAtContext = false
    }

    private static func wording(_ error: LibYAMLError, _ character: String, isUnclosed: Bool) -> Wording {
        switch (error.problem, error.context) {
        case ("did not find expected ',' or ']'", _) where isUnclosed:
            return Wording(
                message: "the list that starts here is never closed", hint: "add the closing ']'", pointsAtContext: true)
        case ("did not find expected ',' or '}'", _) where isUnclosed:
            return Wording(
                message: "the mapping that starts here is never closed", hint: "add the closing '}'",
                pointsAtContext: true)
        case ("did not find expected node content", _):
            return Wording(message: isUnclosed ? "expected a value before this" : "expected a value here")
        case ("found a tab character that violates indentation", _),
            ("found a tab character where an indentation space is expected", _):
            return Wording(message: "a tab is used where YAML allows only spaces", hint: "indent with spaces")
        case ("found invalid Unicode character escape code", _):
            return Wording(
                message: "the escape is not a Unicode character",
                hint: "write a character above U+FFFF as it is, or as \\U and eight digits")
        case ("found character that cannot start any token", _) where character == "\t":
            return Wording(message: "a tab is used where YAML allows only spaces", hint: "indent with spaces")
        case ("found character that cannot start any token", _):
            return Wording(message: "a value may not start with '\(character)'", hint: "put the value in quotes")
        case ("found unexpected end of stream", "while scanning a quoted scalar"),
            ("found unexpected document indicator", "while scanning a quoted scalar"):
            return Wording(
                message: "the quoted text that starts here is never closed", hint: "add the closing quote",
                note: "it goes on to here", pointsAtContext: true)
        case ("mapping values are not allowed in this context", _):
            return Wording(
                message: "a ':' is not allowed here",
                hint: "check the indentation of this line, or put a value that contains ': ' in quotes")
        case ("did not find expected key", "while parsing a block mapping"):
            return Wording(
                message: "expected a key of the mapping here",
                hint: "check the indentation, and quotes that close too early", note: "the mapping starts here")
        case ("could not find expected ':'", _):
            return Wording(
                message: "expected ':' after this key", hint: "write `key: value`, or check the indentation",
                pointsAtContext: true)
        case ("did not find expected '-' indicator", _):
            return Wording(
                message: "expected a list item ('- ') here", hint: "align it with the other items",
                note: "the list starts here")
        case ("did not find expected ',' or ']'", _):
            return Wording(message: "expected ',' or ']' in the list", note: "the list starts here")
        case ("did not find expected ',' or '}'", _):
            return Wording(message: "expected ',' or '}' in the mapping", note: "the mapping starts here")
        case ("block sequence entries are not allowed in this context", _):
            return Wording(
                message: "a list item is not allowed here", hint: "start the list on a line of its own, below its key")
        case ("found unknown escape character", _):
            return Wording(
                message: "unknown escape sequence in double quotes",
                hint: "use single quotes, or write \\\\ for a backslash")
        case ("did not find expected alphabetic or numeric character", let context):
            let sign = context.contains("alias") ? "*" : "&"
            return Wording(
                message: "'\(sign)' must be followed by a name", hint: "put a value that starts with '\(sign)' in quotes",
                pointsAtContext: true)
        case ("found undefined tag handle", _):
            return Wording(message: "the tag's prefix is not declared", hint: "put a value that starts with '!' in quotes")
        case ("did not find expected <document start>", _):
            return Wording(message: "expected '---' before the next document")
        default:
            let context = error.context.isEmpty ? "" : " \(error.context)"
            return Wording(message: error.problem + context, note: "it starts here")
        }
    }

    /// One character of the text, or nothing at its end.
    static func span(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> ByteSpan {
        let length = offset < bytes.count ? max(1, UTF8Scan.sequenceLength(bytes, at: offset)) : 0
        return ByteSpan(start: UInt32(truncatingIfNeeded: offset), end: UInt32(truncatingIfNeeded: offset + length))
    }

    private static func character(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> String {
        let place = span(bytes, offset)
        return String(decoding: bytes[Int(place.start)..<Int(place.end)], as: UTF8.self)
    }

    // MARK: Problems of encoding

    /// A character that is not UTF-8 text or that YAML forbids.
    static func badByte(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> YAMLProblem {
        let place = ByteSpan(start: UInt32(truncatingIfNeeded: offset), end: UInt32(truncatingIfNeeded: offset + 1))
        let code = "0x" + (bytes[offset] < 16 ? "0" : "") + String(bytes[offset], radix: 16)
        if UTF8Scan.sequenceLength(bytes, at: offset) == 0 {
            return YAMLProblem(
                code: DocumentCode.encoding, message: "the byte \(code) is not valid UTF-8", span: place,
                hint: "save the file as UTF-8", builtinMessage: "yaml: invalid UTF-8")
        }
        return YAMLProblem(
            code: DocumentCode.encoding, message: "the control character \(code) is not allowed in YAML",
            span: span(bytes, offset), hint: "remove it, or write it as an escape in double quotes",
            builtinMessage: "yaml: control characters are not allowed")
    }
}
