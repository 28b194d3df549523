import Documents

/// Looks for entries that are twice in lists of type set or map.
struct ListCheck {
    let inspection: Inspection

    func check(_ node: Node, _ shape: CustomShape) {
        if inspection.isFull { return }
        switch node.value.kind {
        case .object:
            for (key, child) in node.entries where child.value.isCollection {
                if let field = shape.field(key.string) {
                    check(child, field)
                } else if case .shape(let element) = shape.additional {
                    check(child, element)
                }
            }
        case .array:
            checkEntries(node, shape)
            guard let items = shape.items else { return }
            for child in node.elements where child.value.isCollection { check(child, items) }
        default: break
        }
    }

    private func checkEntries(_ node: Node, _ shape: CustomShape) {
        guard shape.listType == .set || shape.listType == .map else { return }
        var counts: [[Value]: Int] = [:]
        for index in 0..<node.value.count {
            let entry = node.value.elements[index]
            let key: [Value]
            if shape.listType == .map {
                guard entry.kind == .object else { continue }
                key = shape.listKeys.map { name in
                    let member = entry.field(named: name)
                    let value =
                        member.isDefined && member.kind != .null ? member : shape.items?.field(name)?.defaultValue
                    // Absent and null keys are keys too, and not the same as any text.
                    return value ?? .null
                }
            } else {
                key = [entry]
            }
            let count = (counts[key] ?? 0) + 1
            counts[key] = count
            if count == 2 { report(node.element(index), shape, key) }
        }
    }

    private func report(_ node: Node, _ shape: CustomShape, _ key: [Value]) {
        if shape.listType == .set { return node.duplicate("\(Wording.shown(node.value)) is in the list twice") }
        let parts = zip(shape.listKeys, key).map { "\($0) \(Wording.shown($1))" }
        node.duplicate("an entry with \(parts.joined(separator: " and ")) is in the list twice")
    }
}
