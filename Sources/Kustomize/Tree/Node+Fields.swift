import Text

extension Node {
    /// The number of the first entry with a key, or nil.
    @inline(__always)
    func entryIndex(_ key: String) -> Int? {
        guard kind == .mapping else { return nil }
        var index = 0
        while index < content.count {
            // Swift takes canonically equivalent texts for equal, Go does not.
            if content[index].text == key, ExactText(content[index].text) == ExactText(key) { return index }
            index += 2
        }
        return nil
    }

    /// The value of a field of a mapping; nil for other nodes.
    func field(_ key: String) -> Node? { entryIndex(key).map { content[$0 + 1] } }

    /// The key node of a field.
    func keyNode(_ key: String) -> Node? { entryIndex(key).map { content[$0] } }

    /// The value that field names lead to.
    func lookup(_ path: String...) -> Node? {
        var node = self
        for key in path {
            guard !node.isNull, let next = node.field(key) else { return nil }
            node = next
        }
        return node
    }

    /// Keys and values of a mapping.
    var entries: [(key: Node, value: Node)] {
        guard kind == .mapping else { return [] }
        return stride(from: 0, to: content.count - 1, by: 2).map { (content[$0], content[$0 + 1]) }
    }

    /// Removes the first entry with a key.
    @discardableResult
    func clear(_ key: String) -> Node? {
        guard let index = entryIndex(key) else { return nil }
        let value = content[index + 1]
        content.removeSubrange(index...index + 1)
        return value
    }

    /// Sets a field, or removes it for nil and null. An existing node keeps its style and becomes the value; a new one
    /// is the value itself.
    func set(_ key: String, _ value: Node?, keyOrigin: Origin = .none) {
        guard let value, !value.isNull else {
            clear(key)
            return
        }
        if let existing = field(key) {
            if existing === value { return }
            value.style = existing.style
            existing.assign(value)
            return
        }
        content.append(Node(.scalar, tag: .string, text: key, origin: keyOrigin))
        content.append(value)
    }

    /// Overwrites a scalar with another one, keeping the style.
    func setScalar(_ value: Node) throws(BuildError) {
        if !isNull, kind != .scalar { throw .wrongKind(self, expected: .scalar) }
        if value.isNull { return }
        value.style = style
        assign(value)
    }

    /// The field, made as an empty node of a kind when it is missing.
    func fieldOrCreate(_ key: String, _ kind: Kind, tag: Tag = .unset) throws(BuildError) -> Node {
        if let existing = field(key) { return existing }
        if !isNull, self.kind != .mapping { throw .wrongKind(self, expected: .mapping) }
        let made = Node(kind, tag: tag)
        content.append(.scalar(key))
        content.append(made)
        return made
    }

    /// The element of a sequence whose fields have the values, as texts; an empty key stands for the element itself.
    func element(_ keys: [String], _ values: [String]) -> Node? {
        guard kind == .sequence else { return nil }
        if keys.isEmpty || keys[0].isEmpty { return content.first { $0.text == values[0] } }
        return content.first { element in
            guard element.kind == .mapping else { return false }
            return zip(keys, values).allSatisfy { element.hasField($0, $1) }
        }
    }

    private func hasField(_ key: String, _ text: String) -> Bool {
        var index = 0
        while index < content.count {
            if content[index].text == key, content[index + 1].text == text { return true }
            index += 2
        }
        return false
    }

    /// Replaces the elements that match, appends one if none does, or removes them when `element` is nil.
    func setElement(_ element: Node?, _ keys: [String], _ values: [String]) {
        var kept: [Node] = []
        kept.reserveCapacity(content.count + 1)
        var isFound = false
        let wantsMapping = !(keys.first ?? "").isEmpty && !(values.first ?? "").isEmpty
        for item in content {
            if item.isNull || item.kind == .mapping && item.content.isEmpty { continue }
            if wantsMapping, item.kind != .mapping {
                kept.append(item)
                continue
            }
            let matches = zip(keys, values).allSatisfy { key, value in
                key.isEmpty
                    ? item.kind == .scalar && item.text == value : item.kind == .mapping && item.hasField(key, value)
            }
            guard matches else {
                kept.append(item)
                continue
            }
            isFound = true
            if let element { kept.append(element) }
        }
        content = kept
        if let element, !isFound, !element.isNull { content.append(element) }
    }
}
