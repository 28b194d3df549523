/// Leads to the field of a specification in an object and changes it there; kustomize's `fieldspec` filter.
struct FieldWalk {
    var spec: FieldSpec
    /// The kind and tag of a field that is made; nil makes none.
    var makes: (kind: Node.Kind, tag: Node.Tag)?
    var change: (Node) throws(BuildError) -> Void

    /// Changes the field of an object, if the specification holds for it.
    func apply(to resource: Resource) throws(BuildError) {
        guard resource.id.gvk.isSelected(by: spec.gvk) else { return }
        do throws(BuildError) {
            try walk(resource.root, spec.steps[...])
        } catch {
            throw error.wrapped(
                "considering field '\(spec.path)' of object \(resource.id.description)", at: resource.root.origin)
        }
    }

    private func walk(_ node: Node, _ steps: ArraySlice<String>) throws(BuildError) {
        guard let step = steps.first else { return try change(node) }
        if node.isNull { return }
        switch node.kind {
        case .sequence:
            for element in node.content { try walk(element, steps) }
        case .mapping: try enter(node, step, steps)
        case .scalar: throw BuildError("expected sequence or mapping node", at: node)
        }
    }

    private func enter(_ node: Node, _ step: String, _ steps: ArraySlice<String>) throws(BuildError) {
        let isSequence = step.hasSuffix("[]")
        let name = isSequence ? String(step.dropLast(2)) : step
        if name.isEmpty { throw BuildError("cannot set or create an empty field name") }
        var made: (kind: Node.Kind, tag: Node.Tag)?
        if !spec.creates || makes == nil || isSequence {
            if isSequence { made = (.sequence, .unset) }
            guard let field = node.field(name) else { return }
            revive(field, made)
            return try walk(field, steps.dropFirst())
        }
        made = steps.count <= 1 ? makes : (.mapping, .map)
        guard let made else { return }
        let field = try node.fieldOrCreate(name, made.kind)
        revive(field, made)
        try walk(field, steps.dropFirst())
    }

    /// A null becomes what would be made in its place.
    private func revive(_ field: Node, _ made: (kind: Node.Kind, tag: Node.Tag)?) {
        guard let made, field.tag == .null else { return }
        field.kind = made.kind
        field.tag = made.tag
    }
}

extension Node {
    /// Sets a scalar to a text that a transformer gives; kustomize's `SetEntry` without a name.
    func setEntry(_ text: String, tag: Tag, origin: Origin, parts: [Origin] = []) throws(BuildError) {
        let value = Node.scalar(text, tag: tag, origin: origin)
        if !parts.isEmpty { value.notes = Notes(parts: parts, history: []) }
        try setScalar(value)
    }
}
