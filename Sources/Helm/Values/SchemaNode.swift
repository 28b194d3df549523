import GoLibrary
import GoTemplate

/// A JSON Schema document: drafts 4, 6, 7, 2019-09 and 2020-12, with references inside of the document.
final class SchemaDocument {
    let root: GoValue
    private var byID: [String: GoValue] = [:]

    init(_ root: GoValue) {
        self.root = root
        collect(root, depth: 0)
    }

    /// Whether `format` is a check and not only a remark.
    var assertsFormats: Bool {
        guard let dialect = root.asMap?["$schema"]?.asString else { return false }
        return dialect.contains("draft-04") || dialect.contains("draft-06") || dialect.contains("draft-07")
    }

    /// Why the document is no schema that can be used: neither an object nor a truth value, or of a dialect that would have
    /// to be fetched. Nil when it can be used.
    var problem: String? {
        if case .bool = root.content { return nil }
        guard let map = root.asMap else {
            return """
                "file:///values.schema.json#" is not valid against metaschema: jsonschema validation failed with \
                'https://json-schema.org/draft/2020-12/schema#'
                - at '': got \(SchemaCheck.typeName(root)), want boolean or object
                """
        }
        guard let dialect = map["$schema"]?.asString else { return nil }
        let name = dialect.hasSuffix("#") ? String(dialect.dropLast()) : dialect
        let path = ["http://", "https://"].first { name.hasPrefix($0) }.map { name.dropFirst($0.count) }
        if let path, Self.dialects.contains(String(path)) { return nil }
        return "failing loading \(GoText.quoted(name)): nothing is fetched, and the dialect is none of those that are known"
    }

    private static let dialects: Set<String> = [
        "json-schema.org/schema", "json-schema.org/draft/2020-12/schema", "json-schema.org/draft/2019-09/schema",
        "json-schema.org/draft-07/schema", "json-schema.org/draft-06/schema", "json-schema.org/draft-04/schema",
    ]

    private func collect(_ node: GoValue, depth: Int) {
        if depth > 200 { return }
        if let map = node.asMap {
            for key in ["$id", "id", "$anchor", "$dynamicAnchor"] {
                if let id = map[key]?.asString { byID[key.hasSuffix("nchor") ? "#" + id : id] = node }
            }
            for value in map.values { collect(value, depth: depth + 1) }
        } else if let items = node.items {
            for item in items { collect(item, depth: depth + 1) }
        }
    }

    /// The schema that a reference names; nil when it is not in the document.
    func resolve(_ reference: String) -> GoValue? {
        if reference == "#" { return root }
        if let known = byID[reference] { return known }
        guard let hash = reference.firstIndex(of: "#") else { return nil }
        let base = String(reference[..<hash])
        let fragment = reference[reference.index(after: hash)...]
        var node = base.isEmpty ? root : byID[base]
        if !fragment.isEmpty, !fragment.hasPrefix("/") { return byID["#" + fragment] }
        for step in fragment.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = String(step).replacing("~1", with: "/").replacing("~0", with: "~").replacing("%25", with: "%")
            if let map = node?.asMap { node = map[name] } else { node = Int(name).flatMap { node?.items?[safe: $0] } }
        }
        return node
    }
}

extension Array {
    fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
