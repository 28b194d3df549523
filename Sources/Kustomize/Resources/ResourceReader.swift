/// Makes resources of the documents of a file: lists are unfolded, and each object must say what it is.
enum ResourceReader {
    static func resources(_ documents: [Node], _ context: BuildContext) throws(BuildError) -> [Resource] {
        var queue: [Node] = []
        if documents.count == 1, let only = documents.first,
            ["List", "ResourceList"].contains(only.field("kind")?.text ?? ""),
            let items = only.field("items")
        {
            queue = items.content
        } else {
            queue = documents
        }
        queue = try sound(queue)
        var resources: [Resource] = []
        var index = 0
        while index < queue.count {
            let node = queue[index]
            index += 1
            let kind = node.field("kind")?.text ?? ""
            guard kind.hasSuffix("List"), let items = node.field("items") else {
                try context.countObject(at: node)
                resources.append(Resource(node))
                continue
            }
            if items.isNull { continue }
            guard items.kind == .sequence else {
                throw BuildError("expected array in \(kind)/items", at: items)
            }
            for item in items.content { try item.canonicalize() }
            queue += try sound(items.content)
        }
        return resources
    }

    /// Leaves out empty documents.
    /// - Throws: `BuildError` for one that is not an object.
    private static func sound(_ nodes: [Node]) throws(BuildError) -> [Node] {
        var result: [Node] = []
        for node in nodes where !node.isNullOrEmpty {
            try check(node)
            result.append(node)
        }
        return result
    }

    private static func check(_ node: Node) throws(BuildError) {
        func text(_ value: Node?) -> String { value.map { $0.isNullOrEmpty ? "" : $0.valueText } ?? "" }
        let kind = text(node.field("kind"))
        let metadata = node.field("metadata")
        if kind.isEmpty, text(node.field("apiVersion")).isEmpty, metadata?.isNullOrEmpty ?? true {
            throw BuildError("missing Resource metadata", at: node)
        }
        if kind.isEmpty { throw BuildError("missing kind in object", at: node, hint: "add 'kind'") }
        if !kind.hasSuffix("List"), text(metadata?.field("name")).isEmpty {
            throw BuildError(
                "missing metadata.name in object {\(text(node.field("apiVersion"))) \(kind)}",
                at: node.keyNode("metadata") ?? node,
                hint: "add 'metadata.name'")
        }
    }
}
