/// Sets a value in fields, or in a part of fields; kustomize's builtin `ValueAddTransformer`.
struct ValueAddTransformer {
    private let value: Node
    private let targets: [(selector: Selector?, spec: FieldSpec, position: Int?)]

    init(_ fields: Fields, _ loader: Loader) throws(BuildError) {
        guard let value = try fields.text("value") else {
            throw BuildError("must specify a value", at: fields.node)
        }
        self.value = value
        var targets: [(selector: Selector?, spec: FieldSpec, position: Int?)] = []
        var entries = try fields.objects("targets", type: "Target")
        if let path = try fields.text("targetFilePath"), let tree = try loader.trees(path.text, at: path).first {
            entries += try Fields(tree, type: "ValueAddTransformer", isLenient: true).objects("targets", type: "Target")
        }
        for target in entries {
            let selector: Selector? =
                if let fields = try target.object("selector", type: "Selector") {
                    try Selector(fields)
                } else {
                    nil
                }
            guard let path = try target.text("fieldPath")?.text else {
                throw BuildError("must specify a fieldPath", at: target.node)
            }
            targets.append(
                (selector, FieldSpec(path, gvk: Gvk(), creates: true), try target.integer("filePathPosition")?.value))
        }
        if targets.isEmpty { targets = [(nil, FieldSpec("metadata/namespace", creates: true), nil)] }
        self.targets = targets
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        for target in targets {
            for resource in list.resources where target.selector?.matches(resource) ?? true {
                let origin = value.origin.caused(by: .transformer)
                let walk = FieldWalk(spec: target.spec, makes: (.scalar, .string)) { node throws(BuildError) in
                    guard let position = target.position, position > 0 else {
                        return try node.setEntry(value.text, tag: .unset, origin: origin)
                    }
                    var parts = node.valueText.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
                    guard position - 1 <= parts.count else { return }
                    parts.insert(value.text, at: position - 1)
                    try node.setEntry(parts.joined(separator: "/"), tag: .unset, origin: origin, parts: [node.origin])
                }
                try walk.apply(to: resource)
            }
        }
    }
}
