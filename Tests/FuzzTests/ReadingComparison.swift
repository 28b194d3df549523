import Diagnostics
import Documents

@testable import Kustomize

/// Compares what is read without libyaml with what libyaml makes of it: values, places, order of documents and problems.
enum ReadingComparison {
    static func difference(_ text: String) -> String? {
        var reader = YAMLReader()
        let ours = outcome(text, reader)
        reader.readsCommonForms = false
        let theirs = outcome(text, reader)
        if ours == theirs { return valueDifference(text) ?? treeDifference(text) }
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

    /// The trees that kustomizations are built of.
    private static func treeDifference(_ text: String) -> String? {
        func outcome(readsCommonForms: Bool) -> String {
            do throws(BuildError) {
                let trees = try TreeReader.documents(
                    of: Array(text.utf8), number: 1, limits: .standard, readsCommonForms: readsCommonForms)
                return trees.map(shown).joined(separator: "\n")
            } catch { return "\(error)" }
        }
        let (ours, theirs) = (outcome(readsCommonForms: true), outcome(readsCommonForms: false))
        return ours == theirs ? nil : "tree without libyaml: \(ours)\nby libyaml: \(theirs)"
    }

    private static func shown(_ node: Node) -> String {
        let place = "@\(node.origin.start)-\(node.origin.end)"
        if node.kind == .scalar {
            return "\(node.text.debugDescription) \(node.tag) \(node.style) \(node.hasExplicitTag)\(place)"
        }
        let content = node.content.map(shown).joined(separator: ", ")
        return node.kind == .mapping ? "{\(content)}\(place)" : "[\(content)]\(place)"
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
