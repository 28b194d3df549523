import Documents
import Text

/// `configMapGenerator` and `secretGenerator`.
struct MapGenerator {
    let fields: Fields
    let isSecret: Bool
    /// `generatorOptions` of the kustomization.
    let global: Fields?

    private struct Options {
        var labels: [(key: Node, value: Node)] = []
        var annotations: [(key: Node, value: Node)] = []
        var disablesHash = false
        var immutable: Node?
    }

    func generate(_ loader: Loader) throws(BuildError) -> Resource {
        let kind = isSecret ? "Secret" : "ConfigMap"
        let metadataFields = try fields.object("metadata", type: "ObjectMeta")
        let (own, ofPlugin) = (try fields.text("name"), try metadataFields?.text("name"))
        guard let name = own ?? ofPlugin else {
            throw BuildError("a \(kind.lowercased()) must have a name", at: fields.node)
        }
        let root = Node(.mapping, tag: .map, origin: fields.node.origin.caused(by: .generator))
        root.content = [.scalar("apiVersion"), .scalar("v1"), .scalar("kind"), .scalar(kind)]
        let metadata = Node(.mapping, tag: .map)
        root.content += [.scalar("metadata"), metadata]
        metadata.set("name", .string(name.text, origin: name.origin.caused(by: .generator)), keyOrigin: name.origin)
        let (ownNamespace, pluginNamespace) = (try fields.text("namespace"), try metadataFields?.text("namespace"))
        if let namespace = ownNamespace ?? pluginNamespace {
            metadata.set("namespace", .string(namespace.text, origin: namespace.origin.caused(by: .generator)))
        }
        if isSecret {
            let type = try fields.text("type")
            let origin = type?.origin.caused(by: .generator) ?? .none
            root.set("type", .string(type?.text ?? "Opaque", origin: origin))
        }
        try fill(root, name.text, loader)
        let options = try options()
        for (key, entries) in [("labels", options.labels), ("annotations", options.annotations)] where !entries.isEmpty {
            let map = Node(.mapping, tag: .map)
            for (key, value) in entries {
                map.set(
                    key.text, .string(value.valueText, origin: value.origin.caused(by: .generator)),
                    keyOrigin: key.origin)
            }
            metadata.content += [.scalar(key), map]
        }
        if let immutable = options.immutable {
            root.set("immutable", .scalar("true", tag: .bool, origin: immutable.origin.caused(by: .generator)))
        }
        try loader.context.countObject(at: root)
        let resource = Resource(root)
        resource.needsHash = !options.disablesHash
        resource.behavior = try behavior()
        return resource
    }

    private func behavior() throws(BuildError) -> Resource.Behavior {
        guard let text = try fields.text("behavior")?.text else { return .unspecified }
        return Resource.Behavior(rawValue: text) ?? .unspecified
    }

    /// The options of the entry over those of the kustomization.
    private func options() throws(BuildError) -> Options {
        var options = Options()
        for source in [global, try fields.object("options", type: "GeneratorOptions")] {
            guard let source else { continue }
            options.labels = Self.merged(options.labels, try source.map("labels"))
            options.annotations = Self.merged(options.annotations, try source.map("annotations"))
            if try source.flag("disableNameSuffixHash") { options.disablesHash = true }
            if try source.flag("immutable") { options.immutable = source["immutable"] }
        }
        return options
    }

    private static func merged(
        _ old: [(key: Node, value: Node)], _ new: [(key: Node, value: Node)]
    ) -> [(key: Node, value: Node)] {
        (old.filter { entry in !new.contains { $0.key.text == entry.key.text } } + new).sorted {
            $0.key.text < $1.key.text
        }
    }

    private func fill(_ root: Node, _ name: String, _ loader: Loader) throws(BuildError) {
        if isSecret { root.set("data", Node(.mapping, tag: .map)) }
        let pairs = try KeyValues(fields, loader).pairs.sorted { $0.key < $1.key }
        var known: String?
        for pair in pairs {
            if pair.key == known {
                throw BuildError("configmap \(name) illegally repeats the key `\(pair.key)`", at: pair.origin)
            }
            known = pair.key
            let (field, text) = content(pair.bytes)
            let map = try root.fieldOrCreate(field, .mapping, tag: .map)
            let value = Node(
                .scalar, tag: .string, style: style(of: text, loader), text: text, origin: pair.origin.caused(by: .generator))
            map.content += [.scalar(pair.key, tag: .string, origin: pair.origin), value]
        }
    }

    /// The style of a value, which stays when a patch gives it another one (kyaml's `IsValueNonString`).
    private func style(of text: String, _ loader: Loader) -> Node.Style {
        if text.utf8.contains(0x0A) { return .literal }
        let isWord = text.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "_") }
        let limits = loader.context.options.limits
        let isRead = !text.isEmpty && (!isWord || text.utf8.count <= 5)
        guard isRead, let trees = try? TreeReader.documents(of: Array(text.utf8), number: 0, limits: limits) else {
            return .plain
        }
        guard let tree = trees.first, tree.kind == .scalar else { return .quoted }
        if case .string = Fields.scalar(tree) { return .plain }
        return .quoted
    }

    private func content(_ bytes: [UInt8]) -> (field: String, text: String) {
        if isSecret { return ("data", Self.base64(bytes)) }
        if let text = String(validating: bytes, as: UTF8.self) { return ("data", text) }
        return ("binaryData", Self.base64(bytes))
    }

    /// Base64 in lines of 70 characters, each with a line break, when there is more than one.
    static func base64(_ bytes: [UInt8]) -> String {
        let text = Base64.encode(bytes)
        let width = 70
        if text.count < width { return String(decoding: text, as: UTF8.self) }
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count + text.count / width + 1)
        for start in stride(from: 0, to: text.count, by: width) {
            lines += text[start..<min(start + width, text.count)]
            lines.append(0x0A)
        }
        return String(decoding: lines, as: UTF8.self)
    }
}
