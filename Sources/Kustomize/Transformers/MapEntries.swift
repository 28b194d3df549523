/// Sets labels or annotations in the fields that hold them.
enum MapEntries {
    static func transformer(
        _ entries: [(key: Node, value: Node)], _ specs: [FieldSpec], cause: Origin.Cause
    ) -> (ResourceList) throws(BuildError) -> Void {
        { list throws(BuildError) in
            guard !entries.isEmpty else { return }
            for resource in list.resources { try set(entries, specs, cause, in: resource) }
        }
    }

    private static func set(
        _ entries: [(key: Node, value: Node)], _ specs: [FieldSpec], _ cause: Origin.Cause, in resource: Resource
    ) throws(BuildError) {
        for (key, value) in entries {
            // All fields that lack the entry get this one node, as in kustomize: a later change of one changes all.
            let node = Node.scalar(value.valueText, tag: .string, origin: value.origin.caused(by: cause))
            for spec in specs {
                let walk = FieldWalk(spec: spec, makes: (.mapping, .map)) { field throws(BuildError) in
                    if !field.isNull, field.kind != .mapping { throw .wrongKind(field, expected: .mapping) }
                    field.set(key.text, node, keyOrigin: key.origin)
                }
                try walk.apply(to: resource)
            }
        }
    }
}
