import Documents

/// A value as a plain tree, changed by operations without any of the code that is tested.
indirect enum Tree: Equatable, Sendable {
    case scalar(String)
    case text(String)
    case list([Tree])
    case map([(key: String, value: Tree)])

    init(_ value: Value) {
        switch value.kind {
        case .object:
            self = .map(value.keys.indices.map { (value.keys[$0].string, Tree(value.values[$0])) })
        case .array: self = .list(value.elements.map { Tree($0) })
        case .string: self = .text(value.string)
        default: self = .scalar(JSONWriter.string(value))
        }
    }

    static func == (left: Tree, right: Tree) -> Bool {
        switch (left, right) {
        case (.scalar(let a), .scalar(let b)), (.text(let a), .text(let b)): return a == b
        case (.list(let a), .list(let b)): return a == b
        case (.map(let a), .map(let b)):
            guard a.count == b.count else { return false }
            let other = Dictionary(b.map { ($0.key, $0.value) }) { first, _ in first }
            return a.allSatisfy { other[$0.key] == $0.value }
        default: return false
        }
    }

    /// What is at a path; nil when nothing is.
    subscript(path: ArraySlice<DocumentPath.Step>) -> Tree? {
        guard let step = path.first else { return self }
        switch (step, self) {
        case (.key(let key), .map(let members)): return members.first { $0.key == key }?.value[path.dropFirst()]
        case (.index(let index), .list(let items)): return index < items.count ? items[index][path.dropFirst()] : nil
        default: return nil
        }
    }

    /// The tree with something else at a path; parents that are missing are made, nil takes away.
    func setting(_ path: ArraySlice<DocumentPath.Step>, _ change: (Tree?) -> Tree?) -> Tree? {
        guard let step = path.first else { return change(self) }
        switch (step, self) {
        case (.key(let key), .map(var members)):
            if let index = members.firstIndex(where: { $0.key == key }) {
                if let new = members[index].value.setting(path.dropFirst(), change) {
                    members[index].value = new
                } else {
                    members.remove(at: index)
                }
            } else if let new = Tree.made(path.dropFirst(), change) {
                members.append((key, new))
            }
            return .map(members)
        case (.index(let index), .list(var items)) where index < items.count:
            if let new = items[index].setting(path.dropFirst(), change) { items[index] = new } else { items.remove(at: index) }
            return .list(items)
        case (.key, .scalar("null")): return Tree.map([]).setting(path, change)
        default: return self
        }
    }

    private static func made(_ path: ArraySlice<DocumentPath.Step>, _ change: (Tree?) -> Tree?) -> Tree? {
        if path.isEmpty { return change(nil) }
        return Tree.map([]).setting(path, change)
    }

    func renaming(_ path: [DocumentPath.Step], to name: String) -> Tree? {
        guard case .key(let key)? = path.last else { return self }
        return setting(path.dropLast()) { parent in
            guard case .map(let members)? = parent else { return parent }
            return .map(members.map { ($0.key == key ? name : $0.key, $0.value) })
        }
    }
}
