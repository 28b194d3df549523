package import Documents

/// Reads schemas of other tools into a pack: CustomResourceDefinitions, OpenAPI documents of versions 2 and 3, and JSON schemas
/// as kubeconform keeps them in folders.
package struct SchemaImport {
    private var packer = DefinitionPacker()
    /// The types that were read.
    package private(set) var types: [TypeReference] = []
    /// Types that are built in, which are not taken over.
    private let catalogue: TypeCatalogue

    package init(catalogue: TypeCatalogue = .builtin) { self.catalogue = catalogue }

    /// The pack of all that was read.
    package func bytes() -> [UInt8] { packer.bytes() }

    /// Reads a document.
    /// - Parameter path: its file, by whose name a JSON schema says what it describes.
    /// - Returns: how many types it holds; 0 for another document.
    package mutating func read(_ document: Document, path: String) -> Int {
        let before = types.count
        let root = document.root
        if root.field("kind").text == "CustomResourceDefinition" {
            packer.add(document, origin: path)
            types += CustomKind.kinds(in: document).map(\.type)
        } else if root.field("definitions").kind == .object, root.field("swagger").isDefined {
            readOpenAPI(root.field("definitions"), prefix: "#/definitions/", path)
        } else if root.field("components").field("schemas").kind == .object {
            readOpenAPI(root.field("components").field("schemas"), prefix: "#/components/schemas/", path)
        } else if root.field("properties").kind == .object {
            readSchema(root, path)
        }
        return types.count - before
    }

    private mutating func readOpenAPI(_ schemas: Value, prefix: String, _ path: String) {
        var definitions: [String: Value] = [:]
        for (index, key) in schemas.memberKeys.enumerated() { definitions[prefix + key.string] = schemas.values[index] }
        for schema in schemas.values {
            let kinds = schema.field("x-kubernetes-group-version-kind").list
            // Options and lists of options belong to every group.
            guard kinds.count == 1, let kind = kinds.first else { continue }
            let type = TypeReference(
                group: kind.field("group").text, version: kind.field("version").text, kind: kind.field("kind").text)
            add(schema, type, path, definitions)
        }
    }

    private mutating func readSchema(_ schema: Value, _ path: String) {
        guard let type = Self.type(of: schema, path) else { return }
        var definitions: [String: Value] = [:]
        let inner = schema.field("definitions")
        for (index, key) in inner.memberKeys.enumerated() {
            definitions["#/definitions/" + key.string] = inner.values[index]
        }
        add(schema, type, path, definitions)
    }

    private mutating func add(_ schema: Value, _ type: TypeReference, _ path: String, _ definitions: [String: Value]) {
        if type.kind.isEmpty || type.version.isEmpty || catalogue.kind(type) != nil { return }
        packer.add(schema, type: type, plural: "", origin: path, definitions: definitions)
        types.append(type)
    }

    /// What a JSON schema describes, by its own words or by the file: `GROUP/kind_version.json`, or
    /// `kind-group-version.json` with the first part of the group.
    private static func type(of schema: Value, _ path: String) -> TypeReference? {
        if let kind = schema.field("x-kubernetes-group-version-kind").list.first {
            return TypeReference(
                group: kind.field("group").text, version: kind.field("version").text, kind: kind.field("kind").text)
        }
        let properties = schema.field("properties")
        if let version = properties.field("apiVersion").field("enum").list.first,
            let kind = properties.field("kind").field("enum").list.first
        {
            let parts = version.text.split(separator: "/").map(String.init)
            guard let last = parts.last else { return nil }
            return TypeReference(group: parts.count == 2 ? parts[0] : "", version: last, kind: kind.text)
        }
        let parts = path.split(separator: "/").map(String.init)
        guard let file = parts.last, file.hasSuffix(".json"), parts.count >= 2 else { return nil }
        let name = file.dropLast(".json".count)
        guard let underscore = name.lastIndex(of: "_") else { return nil }
        let version = String(name[name.index(after: underscore)...])
        return TypeReference(
            group: parts[parts.count - 2], version: version, kind: String(name[..<underscore]).lowercased())
    }
}
