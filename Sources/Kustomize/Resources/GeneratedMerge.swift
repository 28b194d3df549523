/// What a generated ConfigMap or Secret takes over of the one it replaces or merges into.
enum GeneratedMerge {
    /// Labels and annotations of both, the new ones winning; name, namespace and memory of the old one.
    static func takeMetadata(_ resource: Resource, from old: Resource) throws(BuildError) {
        for key in ["labels", "annotations"] {
            try mergeMap(resource, key, old.metadata?.field(key))
        }
        try resource.setName(copyOfText(old.metadata?.field("name")) ?? .scalar(old.name))
        try resource.setNamespace(old.namespace.isEmpty ? nil : copyOfText(old.metadata?.field("namespace")))
        resource.inherit(from: old)
    }

    private static func copyOfText(_ node: Node?) -> Node? {
        node.map { old in
            let copy = old.copy()
            copy.style = .plain
            return copy
        }
    }

    private static func mergeMap(_ resource: Resource, _ key: String, _ old: Node?) throws(BuildError) {
        guard let old, !old.isNullOrEmpty else { return resource.normalizeMetadataMap(key) }
        let merged = old.copy()
        for (name, value) in resource.metadata?.field(key)?.entries ?? [] {
            merged.set(name.text, Node.string(value.valueText, origin: value.origin), keyOrigin: name.origin)
        }
        let metadata = try resource.root.fieldOrCreate("metadata", .mapping, tag: .map)
        metadata.clear(key)
        metadata.content += [.scalar(key), merged]
        resource.normalizeMetadataMap(key)
    }

    /// The data of both, the new ones winning by key.
    static func mergeData(_ resource: Resource, from old: Resource) throws(BuildError) {
        for field in ["data", "binaryData"] {
            let before = old.root.field(field)?.entries ?? []
            let now = resource.root.field(field)?.entries ?? []
            resource.root.clear(field)
            if before.isEmpty, now.isEmpty { continue }
            let merged = Node(.mapping, tag: .map)
            for (key, value) in before {
                merged.content += [key.copy(), asString(value)]
            }
            for (key, value) in now {
                if let index = merged.entryIndex(key.text) {
                    merged.content[index + 1].assign(value)
                } else {
                    merged.content += [key, value]
                }
            }
            resource.root.content += [.scalar(field), merged]
        }
    }

    private static func asString(_ value: Node) -> Node {
        let copy = value.copy()
        copy.text = value.kind == .scalar ? value.valueText : ""
        (copy.kind, copy.content, copy.tag, copy.style, copy.hasExplicitTag) = (.scalar, [], .string, .plain, false)
        return copy
    }
}
