/// Puts a prefix before, or a suffix after, names.
struct AffixTransformer {
    var affix: Node
    var isPrefix: Bool
    var specs: [FieldSpec]

    /// Objects whose names are given by something else.
    private static func keepsName(_ gvk: Gvk) -> Bool {
        switch gvk.kind {
        case "CustomResourceDefinition", "Namespace": true
        case "APIService": gvk.group == "apiregistration.k8s.io"
        default: false
        }
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        let text = affix.valueText
        let part = affix.origin.caused(by: isPrefix ? .namePrefix : .nameSuffix)
        for resource in list.resources where !Self.keepsName(resource.originalID.gvk) {
            let original = resource.originalID
            for spec in specs where original.gvk.isSelected(by: spec.gvk) {
                if spec.path == "metadata/name", !text.isEmpty {
                    if isPrefix { resource.prefixes.append(text) } else { resource.suffixes.append(text) }
                    resource.rememberID()
                }
                let walk = FieldWalk(spec: spec, makes: nil) { node throws(BuildError) in
                    if !node.isNull, node.kind != .scalar { throw .wrongKind(node, expected: .scalar) }
                    let parts = (node.notes?.parts ?? []) + [part]
                    let name = isPrefix ? text + node.valueText : node.valueText + text
                    try node.setEntry(name, tag: .unset, origin: node.origin.isKnown ? node.origin : part, parts: parts)
                    node.notes = Notes(parts: parts, history: node.notes?.history ?? [])
                }
                try walk.apply(to: resource)
                resource.forgetID()
            }
        }
    }
}
