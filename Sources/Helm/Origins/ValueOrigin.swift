import Diagnostics
package import Documents
import GoTemplate

/// A place that took part in a value of a rendered object.
package struct ValueOrigin: Sendable, Equatable {
    /// What stands at the place.
    package enum Role: String, Sendable {
        /// The text of the value, in a values file, `Chart.yaml` or a flag.
        case value
        /// Text of a template.
        case template
        /// The action of a template that wrote the value.
        case action
    }

    /// The file, or the flag with its text.
    package var path: String
    package var isFlag: Bool
    package var line: Int
    /// Counted in bytes from 1.
    package var column: Int
    package var role: Role
}

extension ChartRelease {
    /// The objects and hooks in the order of the output.
    package var manifests: [RenderedManifest] { objects + hooks }

    /// Where the value at a path of an object comes from: first the place to change, then what else took part, last the
    /// actions that it passed. nil when there is no such path or no places were kept.
    package func origins(of manifest: RenderedManifest, at path: DocumentPath) -> (value: String, origins: [ValueOrigin])? {
        guard let trace = manifest.trace,
            let document = try? YAMLReader.document(SourceFile(path: manifest.source, bytes: manifest.bytes))
        else { return nil }
        return document.withRoot { _ in
            let path = Self.existing(path, in: document)
            guard document.value(at: path).isDefined else { return nil }
            let place = document.place(at: path)
            let segments = NodeSegments.of(place.span, manifest.bytes, trace)
            let (values, texts) = (segments.filter(\.isValue), segments.filter { !$0.isValue })
            let parts = (values + texts).map { origin($0.place, $0.isValue ? .value : .template) }
            let actions = segments.compactMap(\.via).map { origin($0, .action) }
            var known: [ValueOrigin] = []
            for origin in parts + actions
            where !known.contains(where: { $0.path == origin.path && $0.line == origin.line }) { known.append(origin) }
            return (JSONWriter.string(place.value), known)
        }
    }

    /// The path, with keys that YAML 1.1 reads as truth values under the names they get.
    private static func existing(_ path: DocumentPath, in document: Document) -> DocumentPath {
        if document.value(at: path).isDefined { return path }
        let words = ["y": "true", "yes": "true", "on": "true", "n": "false", "no": "false", "off": "false"]
        return DocumentPath(
            path.steps.map { step in
                if case .key(let key) = step, let word = words[key.lowercased()] { .key(word) } else { step }
            })
    }

    private func origin(_ place: TextPlace, _ role: ValueOrigin.Role) -> ValueOrigin {
        guard let source = sources[place.file] else {
            return ValueOrigin(path: "", isFlag: false, line: 1, column: 1, role: role)
        }
        let before = source.bytes.prefix(Int(place.offset))
        let line = before.count { $0 == 0x0A } + 1
        let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
        return ValueOrigin(path: source.path, isFlag: source.isFlag, line: line, column: column, role: role)
    }
}

/// The pieces of rendered text that a node of its YAML is made of.
enum NodeSegments {
    static func of(_ span: ByteSpan, _ bytes: [UInt8], _ trace: Trace) -> [TraceSegment] {
        var start = Int(span.start)
        var end = min(Int(span.end), bytes.count)
        guard start < end else { return trace.slice(start..<start + 1) }
        // The head of a block scalar is no part of its text.
        if bytes[start] == UInt8(ascii: "|") || bytes[start] == UInt8(ascii: ">"),
            let next = bytes[start..<end].firstIndex(of: 0x0A), next + 1 < end
        {
            start = next + 1
            while start < end, bytes[start] == 0x20 { start += 1 }
            while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x20 { end -= 1 }
        } else if bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'"), end - start > 2 {
            start += 1
            end -= 1
        }
        if start >= end { (start, end) = (Int(span.start), Int(span.end)) }
        return trace.slice(start..<max(end, start + 1))
    }
}
