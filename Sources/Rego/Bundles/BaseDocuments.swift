public import Diagnostics
public import Documents
import Text

/// Joins data files into the base documents.
public enum BaseDocuments {
    /// A value and its place below `data`.
    public struct Part {
        public var path: [String]
        public var value: Value
        /// The file it is from.
        public var name: String

        public init(path: [String], value: Value, name: String) {
            self.path = path
            self.value = value
            self.name = name
        }
    }

    /// One object of all parts: objects are merged, two other values at one path are a problem.
    public static func merge(_ parts: [Part]) -> (document: Document, problems: [Diagnostic]) {
        let arena = Arena.make()
        var problems: [Diagnostic] = []
        let root = merge(parts.map { ($0.path[...], $0) }, at: [], arena, &problems)
        return (Document(arena: arena, root: root), problems)
    }

    private static func merge(
        _ parts: [(path: ArraySlice<String>, part: Part)], at place: [String], _ arena: Arena,
        _ problems: inout [Diagnostic]
    ) -> Value {
        // A value that nothing is merged into stays as it is, whatever its keys are.
        if parts.count == 1, parts[0].path.isEmpty, !place.isEmpty { return arena.copy(parts[0].part.value) }
        var groups: [ExactText: [(path: ArraySlice<String>, part: Part)]] = [:]
        for (path, part) in parts {
            if let first = path.first {
                groups[ExactText(first), default: []].append((path.dropFirst(), part))
            } else if part.value.kind == .object {
                for (key, value) in zip(part.value.keys, part.value.values) {
                    groups[ExactText(key.string), default: []].append(([], Part(path: [], value: value, name: part.name)))
                }
            } else {
                let path = (["data"] + place).joined(separator: ".")
                let message =
                    place.isEmpty
                    ? "\(part.name) must hold an object, because it stands at the root of data"
                    : "\(part.name) has another value for \(path)"
                problems.append(Diagnostic(code: "merge_error", message: message))
            }
        }
        return arena.object(
            groups.map { key, group in
                ObjectEntry(key: arena.string(key.text), value: merge(group, at: place + [key.text], arena, &problems))
            })
    }
}
