import Documents

/// Finds out what the author of an unknown field meant.
struct FieldSearch {
    let catalogue: TypeCatalogue
    let root: Shape
    let release: Release
    let type: TypeReference

    /// What to say about `child`, a member of `parent` that `shape` does not have, and the field that was meant.
    func explanation(
        of child: Node, in shape: Shape, parent: Node
    ) -> (message: String, hint: String?, meant: String?) {
        let name = child.path.steps.last.map { if case .key(let key) = $0 { key } else { "" } } ?? ""
        let owner = parent.link < 0 ? "the object" : parent.name
        let message = "unknown field \(Wording.quoted(name)) in \(owner)"
        let names = shape.fields.map(\.name)
        let lowered = Nearest.lowered(Array(name.utf8))
        if let twin = names.first(where: { Nearest.lowered(Array($0.utf8)) == lowered }) {
            let hint = "names of fields are case-sensitive: write \(twin)"
            return (message, hint, parent.has(twin) ? nil : twin)
        }
        let similar = Nearest.name(to: name, among: names)
        let meant = similar.flatMap { parent.has($0) ? nil : $0 }
        if let similar, Nearest.distance(Array(similar.utf8), Array(name.utf8)) <= 1 {
            return (message, ask(similar, parent), meant)
        }
        if let sentence = otherReleases(of: name, in: shape) {
            return ("\(message) of Kubernetes \(release)", sentence, nil)
        }
        if let place = place(of: name, below: shape, parent.path) ?? placeAbove(name, parent.path) {
            return (message, "\(name) belongs under \(place)", nil)
        }
        if let similar { return (message, ask(similar, parent), meant) }
        if let sentence = otherVersions(of: name, parent.path) { return (message, sentence, nil) }
        return (message, names.count <= 8 ? "known fields: \(names.joined(separator: ", "))" : nil, nil)
    }

    private func ask(_ similar: String, _ parent: Node) -> String {
        parent.has(similar) ? "\(similar) is there too: remove one of them" : "did you mean \(similar)?"
    }

    /// Which version of the kind has the field at this place.
    private func otherVersions(of name: String, _ path: DocumentPath) -> String? {
        // The shapes of these versions are no longer part of any known release.
        switch (type.kind, name) {
        case ("Ingress", "serviceName"): return "in networking.k8s.io/v1 it is service.name"
        case ("Ingress", "servicePort"): return "in networking.k8s.io/v1 it is service.port.number or service.port.name"
        case ("Ingress", "backend"): return "in networking.k8s.io/v1 it is defaultBackend"
        default: break
        }
        for entry in catalogue.kinds(named: type.kind) where entry.group == type.group && entry.version != type.version {
            guard let last = entry.releases.last, let root = catalogue.shape(of: entry, in: last),
                Self.shape(at: path, in: root)?.field(name) != nil
            else { continue }
            return "it is a field of \(entry.apiVersion)"
        }
        return nil
    }

    private static func shape(at path: DocumentPath, in root: Shape) -> Shape? {
        var shape = root
        for step in path.steps {
            let next: Shape? =
                switch step {
                case .key(let key): shape.form == .map ? shape.element : shape.field(key)?.shape
                case .index: shape.element
                }
            guard let next else { return nil }
            shape = next
        }
        return shape
    }

    /// Which releases have the field.
    private func otherReleases(of name: String, in shape: Shape) -> String? {
        let having = catalogue.releases(withField: name, ofType: shape.typeName)
        guard let first = having.first, let last = having.last else { return nil }
        if release < first { return "Kubernetes has it since \(first)" }
        return release > last ? "it was removed; \(last) was the last release with it" : nil
    }

    /// What authors write into metadata.
    private static let ownMetadata: Set<String> = ["labels", "annotations", "namespace", "generateName", "finalizers"]

    /// The nearest place below `shape` that has the field.
    private func place(of name: String, below shape: Shape, _ path: DocumentPath) -> String? {
        var queue: [(Shape, [DocumentPath.Step])] = [(shape, path.steps)]
        var seen: Set<ObjectIdentifier> = [ObjectIdentifier(shape)]
        var next = 0
        while next < queue.count, next < 400 {
            let (shape, steps) = queue[next]
            next += 1
            if steps.count > path.steps.count, shape.field(name) != nil { return DocumentPath(steps).fieldPath }
            for field in shape.fields where field.name != "status" {
                if field.name == "metadata", !Self.ownMetadata.contains(name) { continue }
                var inner = field.shape
                var steps = steps + [.key(field.name)]
                if inner.form == .array, let element = inner.element {
                    inner = element
                    steps.append(.index(0))
                }
                if inner.form == .object, seen.insert(ObjectIdentifier(inner)).inserted { queue.append((inner, steps)) }
            }
        }
        return nil
    }

    /// The nearest object around `path` that has the field itself, or else near it.
    private func placeAbove(_ name: String, _ path: DocumentPath) -> String? {
        var shapes: [(Shape, Int)] = [(root, 0)]
        for depth in path.steps.indices {
            guard let shape = Self.shape(at: DocumentPath(Array(path.steps[...depth])), in: root) else { return nil }
            shapes.append((shape, depth + 1))
        }
        for (shape, depth) in shapes.reversed().dropFirst() where shape.form == .object && shape.field(name) != nil {
            return depth == 0 ? "the top of the object" : DocumentPath(Array(path.steps[..<depth])).fieldPath
        }
        return nil
    }
}

extension Node {
    fileprivate func has(_ name: String) -> Bool { value.field(named: name).isDefined }
}
