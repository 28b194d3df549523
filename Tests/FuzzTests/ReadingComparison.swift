import Diagnostics
import Documents

/// Compares what is read without libyaml with what libyaml makes of it: values, places, order of documents and problems.
enum ReadingComparison {
    static func difference(_ text: String) -> String? {
        var reader = YAMLReader()
        let ours = outcome(text, reader)
        reader.readsCommonForms = false
        let theirs = outcome(text, reader)
        if ours == theirs { return valueDifference(text) }
        let place = zip(ours, theirs).first { $0 != $1 } ?? (ours.last ?? "", theirs.last ?? "")
        return "read without libyaml: \(place.0)\nread by libyaml: \(place.1)"
    }

    /// The first document as builtins and templates read it, with no line break added at the end.
    private static func valueDifference(_ text: String) -> String? {
        var text = text
        return text.withUTF8 { bytes in
            let arena = Arena.make()
            defer { arena.destroy() }
            let ours = Result { try YAMLReader.value(bytes, in: arena) }.map { JSONWriter.string($0) }
            let theirs = Result { try YAMLReader.valueByLibYAML(bytes, in: arena) }.map { JSONWriter.string($0) }
            return "\(ours)" == "\(theirs)" ? nil : "value without libyaml: \(ours)\nby libyaml: \(theirs)"
        }
    }

    private static func outcome(_ text: String, _ reader: YAMLReader) -> [String] {
        let stream = reader.read(SourceFile(path: "fuzz.yaml", text: text))
        return stream.documents.map { document in
            "\(document.index) \(shown(document.rootSpan)) " + document.withRoot { shown($0) }
        }
            + stream.diagnostics.map { diagnostic in
                let place = diagnostic.range.map { "\($0.start)-\($0.end)" } ?? ""
                return "\(diagnostic.code) \(place) \(diagnostic.message) \(diagnostic.hint ?? "")"
            }
    }

    private static func shown(_ span: ByteSpan) -> String { "\(span.start)-\(span.end)" }

    private static func shown(_ value: Value) -> String {
        switch value.kind {
        case .object:
            let members = (0..<value.count).map {
                "\(value.keys[$0].string)@\(shown(value.keySpan(at: $0))): \(shown(value.values[$0]))@\(shown(value.valueSpan(at: $0)))"
            }
            return "{" + members.joined(separator: ", ") + "}"
        case .array:
            return "["
                + (0..<value.count).map { "\(shown(value.elements[$0]))@\(shown(value.valueSpan(at: $0)))" }.joined(
                    separator: ", ")
                + "]"
        default: return JSONWriter.string(value)
        }
    }
}
