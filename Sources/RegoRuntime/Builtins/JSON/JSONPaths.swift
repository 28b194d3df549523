import Documents
import JSONPatch
import Text

extension Builtins {
    private static let path = RegoType.union([.string, .anyArray])
    private static let paths = RegoType.union([.array(of: path), .set(of: path)])

    /// Parts of documents by path (OPA policy reference, "Object").
    static let jsonPaths: [Builtin] = [
        Builtin(
            "json.filter", help: "(object, paths) The object with only the paths named, such as \"spec/replicas\".", .anyObject,
            paths, returns: .anyObject
        ) { call in
            guard let object = call.objectOperand(0), let tree = pathTree(&call) else { return .undefined }
            return tree.keep(object, in: call.arena)
        },
        Builtin(
            "json.remove", help: "(object, paths) The object without the paths named.", .anyObject, paths, returns: .anyObject
        ) { call in
            guard let object = call.objectOperand(0), let tree = pathTree(&call) else { return .undefined }
            return tree.remove(from: object, in: call.arena) ?? .undefined
        },
    ]

    private static func pathTree(_ call: inout BuiltinCall) -> PathTree? {
        guard call[1].kind == .array || call[1].kind == .set else {
            _ = call.typeError(1, wants: "one of {set, array}")
            return nil
        }
        let root = PathTree()
        for path in call[1].elements {
            guard call.context.spend(200 &+ path.count &* 4) else {
                _ = call.stopped()
                return nil
            }
            guard let steps = DocumentSteps.parse(path, in: call.arena) else {
                _ = call.typeFailure(DocumentSteps.problem(path))
                return nil
            }
            root.insert(steps)
        }
        return root
    }
}

/// Paths merged into a tree; a leaf stands for everything below it.
private final class PathTree {
    var children: [Value: PathTree] = [:]
    var isLeaf = false

    func insert(_ steps: [Value]) {
        guard !steps.isEmpty else { return }
        var node = self
        for step in steps {
            if node.isLeaf { return }
            let child = node.children[step] ?? PathTree()
            node.children[step] = child
            node = child
        }
        node.isLeaf = true
        node.children = [:]
    }

    /// What the paths lead to; scalars on the way stay.
    func keep(_ value: Value, in arena: Arena) -> Value {
        if isLeaf || !WorkMeter.charge(2 &+ value.elementCount &* 8) { return value }
        switch value.kind {
        case .array:
            return arena.array(
                value.elements.enumerated().compactMap { index, element in
                    children[arena.string(String(index))].map { $0.keep(element, in: arena) }
                })
        case .set: return arena.set(value.elements.compactMap { element in children[element]?.keep(element, in: arena) })
        case .object:
            return arena.object(
                zip(value.keys, value.values).compactMap { key, value in
                    children[key].map { ObjectEntry(key: key, value: $0.keep(value, in: arena)) }
                })
        default: return value
        }
    }

    /// What remains without the paths; nil if nothing does.
    func remove(from value: Value, in arena: Arena) -> Value? {
        if isLeaf || !WorkMeter.charge(2 &+ value.elementCount &* 8) { return nil }
        func rest(_ key: Value, _ value: Value) -> Value? {
            guard let child = children[key] else { return value }
            return child.remove(from: value, in: arena)
        }
        switch value.kind {
        case .array:
            return arena.array(
                value.elements.enumerated().compactMap { rest(arena.string(String($0)), $1) })
        case .set: return arena.set(value.elements.compactMap { rest($0, $0) })
        case .object:
            return arena.object(
                zip(value.keys, value.values).compactMap { key, value in
                    rest(key, value).map { ObjectEntry(key: key, value: $0) }
                })
        default: return value
        }
    }
}

extension Value {
    fileprivate var elementCount: Int { isCollection ? count : 0 }
}
