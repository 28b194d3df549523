/// The types of an OpenAPI document that a kustomization brings, as far as merging needs them.
struct OpenAPITypes {
    /// By `apiVersion/Kind`.
    private(set) var kinds: [String: MergeSchema] = [:]
    private var made: [String: MergeSchema] = [:]
    private let definitions: Node?

    init(_ document: Node) {
        definitions = document.field("definitions")
        for (name, definition) in definitions?.entries ?? [] {
            guard let list = definition.field("x-kubernetes-group-version-kind"), list.kind == .sequence else {
                continue
            }
            let schema = self.schema(named: name.text)
            for entry in list.content {
                let group = entry.field("group")?.valueText ?? ""
                let version = entry.field("version")?.valueText ?? ""
                guard let kind = entry.field("kind")?.valueText else { continue }
                kinds[(group.isEmpty ? version : "\(group)/\(version)") + "/" + kind] = schema
            }
        }
    }

    private mutating func schema(named name: String) -> MergeSchema {
        if let known = made[name] { return known }
        let schema = MergeSchema()
        made[name] = schema
        if let definition = definitions?.field(name) { fill(schema, definition) }
        return schema
    }

    private mutating func schema(_ node: Node) -> MergeSchema {
        if let reference = node.field("$ref")?.text, reference.hasPrefix("#/definitions/") {
            return schema(named: String(reference.dropFirst("#/definitions/".count)))
        }
        let schema = MergeSchema()
        fill(schema, node)
        return schema
    }

    private mutating func fill(_ schema: MergeSchema, _ node: Node) {
        for (name, property) in node.field("properties")?.entries ?? [] {
            schema.fields[name.text] = self.schema(property)
        }
        if let values = node.field("additionalProperties"), values.kind == .mapping {
            schema.values = self.schema(values)
        }
        if let items = node.field("items") { schema.elements = self.schema(items) }
        let strategy = node.field("x-kubernetes-patch-strategy")?.text ?? ""
        guard strategy.split(separator: ",").contains("merge") else { return }
        if let keys = node.field("x-kubernetes-list-map-keys"), keys.kind == .sequence {
            schema.rule = .init(keys: keys.content.map(\.text))
        } else {
            schema.rule = .init(keys: (node.field("x-kubernetes-patch-merge-key")?.text).map { [$0] } ?? [])
        }
    }
}
