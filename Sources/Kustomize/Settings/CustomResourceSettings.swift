/// `crds`: OpenAPI definitions whose extensions say which fields of custom kinds hold names, labels or annotations.
enum CustomResourceSettings {
    static func files(_ paths: [Node], _ loader: Loader) throws(BuildError) -> TransformerSettings {
        var result = TransformerSettings()
        for path in paths {
            guard let document = try loader.trees(path.valueText, at: path).first else { continue }
            var reader = Reader(definitions: document)
            for (name, definition) in document.entries {
                let properties = Reader.schema(definition)?.field("properties")
                guard ["kind", "apiVersion", "metadata"].allSatisfy({ properties?.field($0) != nil }) else { continue }
                let kind = name.text.split(separator: ".").last.map(String.init) ?? name.text
                try reader.read(name.text, Gvk(kind: kind), [], depth: 0)
            }
            try result.merge(reader.settings)
        }
        return result
    }

    private struct Reader {
        let definitions: Node
        var settings = TransformerSettings()

        /// The file gives definitions as Go marshals them, with the schema in a field of its own.
        static func schema(_ definition: Node) -> Node? { definition.field("Schema") ?? definition.field("schema") }

        mutating func read(_ type: String, _ kind: Gvk, _ path: [String], depth: Int) throws(BuildError) {
            guard let definition = definitions.field(type),
                let properties = Self.schema(definition)?.field("properties")
            else {
                return
            }
            if depth > 32 { throw BuildError("definitions refer to each other too deeply", at: definition) }
            for (name, property) in properties.entries {
                let here = path + [name.text]
                let spec = FieldSpec(here.joined(separator: "/"), gvk: kind)
                if property.field("x-kubernetes-annotation") != nil {
                    try FieldSpec.merge(&settings.commonAnnotations, [spec])
                }
                if property.field("x-kubernetes-label-selector") != nil {
                    try FieldSpec.merge(&settings.commonLabels, [spec])
                }
                if property.field("x-kubernetes-identity") != nil { try FieldSpec.merge(&settings.namePrefix, [spec]) }
                if let version = property.field("x-kubernetes-object-ref-api-version")?.text,
                    let target = property.field("x-kubernetes-object-ref-kind")?.text
                {
                    let key = property.field("x-kubernetes-object-ref-name-key")?.text ?? "name"
                    let field = FieldSpec((here + [key]).joined(separator: "/"), gvk: kind)
                    var more = TransformerSettings()
                    more.nameReferences = [.init(target: Gvk(version: version, kind: target), referrers: [field])]
                    try settings.merge(more)
                }
                if let reference = property.field("$ref")?.text { try read(reference, kind, here, depth: depth + 1) }
            }
        }
    }
}
