import Documents
import Text

/// A `data` document under construction: a tree of objects.
struct DataTree {
    private enum Node {
        case value(Value)
        case tree(Reference)
    }

    private final class Reference {
        var members: [ExactText: Node] = [:]
    }

    private let root = Reference()

    func insert(_ value: Value, at path: [String]) {
        guard let last = path.last else { return }
        folder(at: path.dropLast()).members[ExactText(last)] = .value(value)
    }

    /// Puts an object's members under `path`, member by member, so that what stands there already stays.
    func merge(_ value: Value, at path: ArraySlice<String>) {
        guard value.kind == .object else { return insert(value, at: Array(path)) }
        let place = folder(at: path)
        for (index, key) in value.keys.enumerated() {
            let name = key.string, member = value.values[index], exact = ExactText(name)
            switch place.members[exact] {
            case .tree?: merge(member, at: path + [name])
            case .value(let known)? where known.kind == .object && member.kind == .object: merge(member, at: path + [name])
            default: place.members[exact] = .value(member)
            }
        }
    }

    private func folder(at path: some Sequence<String>) -> Reference {
        var node = root
        for name in path {
            let name = ExactText(name)
            if case .tree(let next)? = node.members[name] {
                node = next
                continue
            }
            let next = Reference()
            if case .value(let value)? = node.members[name], value.kind == .object {
                for (index, key) in value.keys.enumerated() { next.members[ExactText(key.string)] = .value(value.values[index]) }
            }
            node.members[name] = .tree(next)
            node = next
        }
        return node
    }

    func value(in arena: Arena) -> Value { Self.value(of: root, in: arena) }

    private static func value(of reference: Reference, in arena: Arena) -> Value {
        arena.object(
            reference.members.map { name, node in
                let value: Value =
                    switch node {
                    case .value(let value): value
                    case .tree(let reference): Self.value(of: reference, in: arena)
                    }
                return ObjectEntry(key: arena.string(name.text), value: value)
            })
    }
}
