import Documents

/// Finds fields that a structural schema does not know; the server refuses them when it is asked to be strict, as kubectl does.
struct UnknownFields {
    let inspection: Inspection
    let root: CustomShape
    private(set) var causes: [DocumentPath] = []
    /// The shapes from the root to the value looked at.
    private var trail: [CustomShape] = []

    init(_ inspection: Inspection, root: CustomShape) {
        self.inspection = inspection
        self.root = root
    }

    mutating func check(_ node: Node, _ shape: CustomShape?, isResource: Bool) {
        if inspection.isFull { return }
        let isResource = isResource || shape?.isEmbedded == true
        if let shape { trail.append(shape) }
        defer { if shape != nil { trail.removeLast() } }
        switch node.value.kind {
        case .object: for (key, child) in node.entries { checkMember(key.string, child, shape, node, isResource) }
        case .array:
            let items = shape?.items
            if items == nil, shape?.preservesUnknown == true { return }
            for child in node.elements where child.value.isCollection { check(child, items, isResource: false) }
        default: break
        }
    }

    private mutating func checkMember(
        _ name: String, _ child: Node, _ shape: CustomShape?, _ parent: Node, _ isResource: Bool
    ) {
        if isResource, name == "apiVersion" || name == "kind" || name == "metadata" {
            // The metadata of embedded objects is looked at with the shape that all objects have.
            return
        }
        if let field = shape?.field(name) { return descend(child, field) }
        switch shape?.additional {
        case .shape(let element): descend(child, element)
        case .any, .forbidden:
            if shape?.preservesUnknown != true, child.value.isCollection { check(child, nil, isResource: false) }
        case nil, .some(.none):
            if shape?.preservesUnknown == true { return }
            report(name, child, shape, parent)
        }
    }

    private mutating func descend(_ child: Node, _ shape: CustomShape) {
        if child.value.isCollection { check(child, shape, isResource: false) }
    }

    private mutating func report(_ name: String, _ child: Node, _ shape: CustomShape?, _ parent: Node) {
        causes.append(child.path)
        let owner = parent.link < 0 ? "the object" : parent.name
        inspection.report(
            .unknownField, child.path, at: .key, "unknown field \(Wording.quoted(name)) in \(owner)",
            hint: advice(name, shape, parent), meant: meant(name, shape, parent))
    }

    /// The field that is spelled much like it, unless that is there too.
    private func meant(_ name: String, _ shape: CustomShape?, _ parent: Node) -> String? {
        let similar = Nearest.name(to: name, among: shape?.fields.map(\.name) ?? [])
        return similar.flatMap { parent.value.field(named: $0).isDefined ? nil : $0 }
    }

    private func advice(_ name: String, _ shape: CustomShape?, _ parent: Node) -> String? {
        let names = shape?.fields.map(\.name) ?? []
        if let similar = Nearest.name(to: name, among: names) {
            if Nearest.lowered(Array(similar.utf8)) == Nearest.lowered(Array(name.utf8)) {
                return "names of fields are case-sensitive: write \(similar)"
            }
            return parent.value.field(named: similar).isDefined
                ? "\(similar) is there too: remove one of them" : "did you mean \(similar)?"
        }
        let path = parent.path
        if let shape, let steps = Self.place(of: name, below: shape) {
            return "\(name) belongs under \(DocumentPath(path.steps + steps).fieldPath)"
        }
        for depth in trail.indices.dropLast().reversed() where trail[depth].field(name) != nil {
            // Each shape of the trail but the root is one step below the one before.
            return depth == 0
                ? "\(name) belongs at the top of the object"
                : "\(name) belongs under \(DocumentPath(Array(path.steps.prefix(depth))).fieldPath)"
        }
        return (1...8).contains(names.count) ? "known fields: \(names.joined(separator: ", "))" : nil
    }

    /// The nearest place below a shape that has the field.
    private static func place(of name: String, below shape: CustomShape) -> [DocumentPath.Step]? {
        var queue: [(CustomShape, [DocumentPath.Step])] = [(shape, [])]
        var next = 0
        while next < queue.count, next < 400 {
            let (shape, steps) = queue[next]
            next += 1
            if !steps.isEmpty, shape.field(name) != nil { return steps }
            if steps.count > 6 { continue }
            for field in shape.fields where field.name != "status" {
                if let items = field.shape.items {
                    queue.append((items, steps + [.key(field.name), .index(0)]))
                } else if !field.shape.fields.isEmpty {
                    queue.append((field.shape, steps + [.key(field.name)]))
                }
            }
        }
        return nil
    }
}
