/// Changes name, tag or digest of container images.
struct ImageTransformer {
    private let pattern: Pattern
    private let newName: Node?
    private let newTag: Node?
    private let tagSuffix: Node?
    private let digest: Node?
    private let specs: [FieldSpec]

    init(_ image: Fields, specs: [FieldSpec]) throws(BuildError) {
        let name = try image.text("name")
        let text = name?.text ?? ""
        pattern = try Pattern("^\(text)(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?$", at: name ?? image.node)
        newName = try image.text("newName")
        newTag = try image.text("newTag")
        tagSuffix = try image.text("tagSuffix")
        digest = try image.text("digest")
        self.specs = specs
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        for resource in list.resources where resource.kind != "CustomResourceDefinition" {
            try visitContainers(resource.root)
        }
        for resource in list.resources where resource.kind != "CustomResourceDefinition" {
            for spec in specs {
                try FieldWalk(spec: spec, makes: nil, change: update).apply(to: resource)
            }
        }
    }

    /// Changes images of all lists of containers, wherever they are.
    private func visitContainers(_ node: Node) throws(BuildError) {
        switch node.kind {
        case .scalar: return
        case .sequence: for child in node.content { try visitContainers(child) }
        case .mapping:
            var index = 0
            while index < node.content.count {
                let (key, value) = (node.content[index], node.content[index + 1])
                index += 2
                if value.kind == .scalar { continue }
                try visitContainers(value)
                guard key.text == "containers" || key.text == "initContainers", value.kind == .sequence else {
                    continue
                }
                for container in value.content where !container.isNull {
                    guard container.kind == .mapping else { throw .wrongKind(container, expected: .mapping) }
                    if let image = container.field("image") { try update(image) }
                }
            }
        }
    }

    private func update(_ node: Node) throws(BuildError) {
        if node.isNull { return }
        guard node.kind == .scalar else { throw .wrongKind(node, expected: .scalar) }
        guard pattern.matches(node.text) else { return }
        let old = ImageName(node.text)
        var (name, tag, hash) = (old.name, old.tag, old.digest)
        if let newName { name = newName.text }
        switch (newTag, digest) {
        case (let newTag?, let digest?): (tag, hash) = (newTag.text, digest.text)
        case (let newTag?, nil): (tag, hash) = (newTag.text, "")
        case (nil, let digest?): (tag, hash) = ("", digest.text)
        default: if let tagSuffix { (tag, hash) = (tag + tagSuffix.text, "") }
        }
        if !tag.isEmpty { name += ":" + tag }
        if !hash.isEmpty { name += "@" + hash }
        let texts = [newTag, digest, tagSuffix, newName].compactMap { $0?.origin.caused(by: .image) }
        let origin = texts.first ?? node.origin
        var parts = Array(texts.dropFirst())
        if newName == nil || newTag == nil && digest == nil, node.origin.isKnown { parts.append(node.origin) }
        try node.setEntry(name, tag: .unset, origin: origin, parts: parts)
        if !parts.isEmpty { node.notes = Notes(parts: parts, history: node.notes?.history ?? []) }
    }
}

/// The parts of an image's name.
struct ImageName {
    var name: String
    var tag = ""
    var digest = ""

    init(_ text: String) {
        // A colon before the first slash belongs to the port of a registry.
        let slash = text.firstIndex(of: "/")
        let start = slash.map { $0 == text.startIndex ? text.startIndex : $0 } ?? text.startIndex
        let colon = text[start...].firstIndex(of: ":")
        let sign = text[start...].firstIndex(of: "@")
        switch (colon, sign) {
        case (nil, nil): name = text
        case (let colon, let sign?) where colon == nil || sign < colon!:
            name = String(text[..<sign])
            digest = String(text[text.index(after: sign)...])
        case (let colon?, let sign?):
            name = String(text[..<colon])
            tag = String(text[text.index(after: colon)..<sign])
            digest = String(text[text.index(after: sign)...])
        case (let colon?, nil):
            name = String(text[..<colon])
            tag = String(text[text.index(after: colon)...])
        default: name = text
        }
    }
}
