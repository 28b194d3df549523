package import CLibYAML
import Diagnostics
import Text

/// Something wrong with a YAML text, before it is tied to a file.
package struct YAMLProblem {
    var code = DocumentCode.yaml
    package var message: String
    var span: ByteSpan
    package var hint: String?
    var note: (message: String, span: ByteSpan)?
    /// The wording of go-yaml, which policies see when `yaml.unmarshal` fails.
    package var builtinMessage: String?

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
package struct LibYAMLError {
    let problem: String
    let context: String
    let place: Int
    let contextPlace: Int
    /// As go-yaml words it; its line numbers are 0-based except for the scanner's.
    let builtinMessage: String

    package init(_ parser: yaml_parser_t, offset: (Int) -> UInt32) {
        problem = parser.problem.map { String(cString: $0) } ?? "the text cannot be read"
        context = parser.context.map { String(cString: $0) } ?? ""
        place = Int(offset(parser.problem_mark.index))
        contextPlace = parser.context == nil ? place : Int(offset(parser.context_mark.index))
        // go-yaml names no line when both marks are in the first one.
        let mark = parser.context != nil && parser.context_mark.line != 0 ? parser.context_mark : parser.problem_mark
        let line = mark.line == 0 ? 0 : mark.line + (parser.error == YAML_SCANNER_ERROR ? 1 : 0)
        builtinMessage = "yaml: \(line == 0 ? "" : "line \(line): ")\(problem)"
    }
}

extension YAMLProblem {
    /// The problem in the words of an author of manifests, with a remedy where one is likely.
    package init(_ error: LibYAMLError, in bytes: UnsafeBufferPointer<UInt8>) {
        let isAtEnd = error.place >= bytes.count
        let isUnclosed = isAtEnd || YAMLText.nextDocumentMarker(bytes, from: error.place) == error.place
        let wording = LibYAMLWording(error, Self.character(bytes, error.place), isUnclosed: isUnclosed)
        let start = wording.pointsAtContext ? error.contextPlace : error.place
        self.init(message: wording.message, span: Self.span(bytes, start), hint: wording.hint)
        let other = wording.pointsAtContext ? error.place : error.contextPlace
        if let about = wording.note, other != start, other < bytes.count { note = (about, Self.span(bytes, other)) }
        builtinMessage = error.builtinMessage
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
    package static func badByte(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> YAMLProblem {
        let place = ByteSpan(start: UInt32(truncatingIfNeeded: offset), end: UInt32(truncatingIfNeeded: offset + 1))
        let code = "0x" + Hex.text(bytes[offset], digits: 2)
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
