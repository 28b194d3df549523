/// Sets the number of replicas of the objects with a name.
struct ReplicaTransformer {
    private let name: String
    private let count: (value: Int, node: Node)?
    private let node: Node
    private let specs: [FieldSpec]

    init(_ fields: Fields, specs: [FieldSpec]) throws(BuildError) {
        name = try fields.text("name")?.text ?? ""
        count = try fields.integer("count")
        node = fields.node
        self.specs = specs
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        let origin = (count?.node ?? node).origin.caused(by: .replicas)
        var isFound = false
        for spec in specs {
            for resource in list.matching({ $0.name == name && $0.gvk.isSelected(by: spec.gvk) }) {
                isFound = true
                let walk = FieldWalk(spec: spec, makes: (.scalar, .int)) { node throws(BuildError) in
                    try node.setEntry(String(count?.value ?? 0), tag: .int, origin: origin)
                }
                try walk.apply(to: resource)
            }
        }
        if !isFound {
            let kinds = specs.map { $0.gvk.description }.joined(separator: " ")
            throw BuildError(
                "resource with name \(name) does not match a config with the following GVK [\(kinds)]", at: node)
        }
    }
}
