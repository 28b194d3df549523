package import Documents
import Text

/// Finds the schemas that `$ref` names inside one schema document (JSON Schema, drafts 4 to 2020-12). Other documents
/// are never fetched.
package struct SchemaReferences {
    /// Why a reference leads nowhere, or a schema is none.
    package struct Problem: Error {
        package var message: String

        package init(message: String) { self.message = message }
    }

    package let root: Value
    /// Schemas by their absolute identifier.
    private var identified: [String: Value] = [:]
    /// The base identifier that each schema object with a reference stands under, by storage address.
    private var bases: [UnsafeRawPointer: String] = [:]

    package init(root: Value) {
        self.root = root
        collect(root, base: "", depth: 0)
    }

    private mutating func collect(_ value: Value, base: String, depth: Int) {
        guard depth < 500 else { return }
        switch value.kind {
        case .array: for element in value.elements { collect(element, base: base, depth: depth + 1) }
        case .object:
            var base = base
            if let id = value.field("$id").stringValue ?? value.field("id").stringValue {
                base = Self.resolve(id, against: base)
                identified[base] = value
                identified[base.hasSuffix("#") ? String(base.dropLast()) : base] = value
            }
            for name in ["$anchor", "$dynamicAnchor"] {
                if let anchor = value.field(named: name).stringValue { identified[base + "#" + anchor] = value }
            }
            if value.field("$ref").isDefined { bases[value.rawPointer] = base }
            for child in value.values { collect(child, base: base, depth: depth + 1) }
        default: break
        }
    }

    /// The schema that the reference in `schema` names.
    /// - Throws: `Problem` when there is none.
    package func target(of schema: Value, _ reference: String) throws(Problem) -> Value {
        let base = bases[schema.rawPointer] ?? ""
        let full = Self.resolve(reference, against: base)
        if let target = identified[full] { return target }
        let hash = full.firstIndex(of: "#") ?? full.endIndex
        let (document, fragment) = (String(full[..<hash]), full[hash...].dropFirst())
        let isRoot =
            document.isEmpty
            || document == Self.withoutFragment(root.field("$id").stringValue ?? root.field("id").stringValue ?? "")
        guard let start = isRoot ? root : identified[document] else {
            throw Problem(message: "the reference \(reference) leads out of the schema, which is not allowed")
        }
        return try Self.follow(String(fragment), from: start)
    }

    /// Follows a JSON Pointer (RFC 6901).
    private static func follow(_ pointer: String, from start: Value) throws(Problem) -> Value {
        var node = start
        for step in pointer.split(separator: "/", omittingEmptySubsequences: true) {
            let name = PercentEncoding.decoded(step).split(separator: "~1", omittingEmptySubsequences: false)
                .joined(separator: "/").split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
            switch node.kind {
            case .object:
                node = node.field(named: name)
                if node.isUndefined { throw Problem(message: "Object has no key '\(name)'") }
            case .array:
                guard let index = Int(name), index >= 0, index < node.count else {
                    throw Problem(message: "Out of bound array[0,\(node.count)] index '\(name)'")
                }
                node = node.elements[index]
            default: throw Problem(message: "Invalid token reference '\(name)'")
            }
        }
        return node
    }

    private static func withoutFragment(_ identifier: String) -> String { String(identifier.prefix { $0 != "#" }) }

    /// A relative identifier against a base (RFC 3986, as far as schemas use it).
    static func resolve(_ reference: String, against base: String) -> String {
        if base.isEmpty || reference.utf8.prefix(while: { $0 != UInt8(ascii: "/") }).contains(UInt8(ascii: ":")) {
            return reference
        }
        let document = withoutFragment(base)
        if reference.hasPrefix("#") { return document + reference }
        var authorityEnd = document.startIndex
        let slashes = document.indices.filter { document[$0] == "/" }
        if slashes.count >= 2, document.contains("://") {
            authorityEnd = slashes.dropFirst(2).first ?? document.endIndex
        }
        if reference.hasPrefix("/") { return String(document[..<authorityEnd]) + reference }
        guard let last = document[authorityEnd...].lastIndex(of: "/") else {
            return String(document[..<authorityEnd]) + (authorityEnd == document.startIndex ? "" : "/") + reference
        }
        return String(document[...last]) + reference
    }
}
