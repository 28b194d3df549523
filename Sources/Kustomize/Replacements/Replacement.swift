/// One entry of `replacements`: a value of one object, or a given one, put into fields of others.
struct Replacement {
    /// How a part of a text is taken or replaced.
    struct Options {
        var delimiter = ""
        var index = 0
        var creates = false

        init(_ fields: Fields?) throws(BuildError) {
            guard let fields else { return }
            try fields.requireStrictly(["delimiter", "index", "encoding", "create"])
            delimiter =
                try fields["delimiter"].map { node throws(BuildError) in
                    guard node.kind == .scalar else { throw BuildError("delimiter must be a string", at: node) }
                    return node.text
                } ?? ""
            index = try fields.integer("index")?.value ?? 0
            creates = try fields.flag("create")
        }
    }

    private struct Source {
        var id: ResourceID
        var path: String
        var options: Options
        var node: Node
    }

    private struct Target {
        var selector: Selector
        var rejects: [Selector]
        var paths: [(text: String, node: Node)]
        var options: Options
    }

    private let source: Source?
    private let given: Node?
    private let targets: [Target]

    init(_ fields: Fields) throws(BuildError) {
        try fields.requireStrictly(["path", "source", "sourcevalue", "targets"])
        given = try fields.text("sourceValue")
        source = try fields.object("source", type: "SourceSelector").map { fields throws(BuildError) in
            try fields.requireStrictly(["group", "version", "kind", "name", "namespace", "fieldpath", "options"])
            return Source(
                id: ResourceID(
                    gvk: try Gvk(fields), name: try fields.text("name")?.text ?? "",
                    namespace: try fields.text("namespace")?.text ?? ""),
                path: try fields.text("fieldPath")?.text ?? "",
                options: try Options(try fields.object("options", type: "FieldOptions")), node: fields.node)
        }
        if source == nil && given == nil || fields["targets"] == nil {
            throw BuildError("replacements must specify a source and at least one target", at: fields.node)
        }
        if source != nil, given != nil {
            throw BuildError("value and resource selectors are mutually exclusive", at: given)
        }
        var targets: [Target] = []
        for entry in try fields.objects("targets", type: "TargetSelector") { targets.append(try Self.target(entry)) }
        self.targets = targets
    }

    private static func target(_ fields: Fields) throws(BuildError) -> Target {
        try fields.requireStrictly(["select", "reject", "fieldpaths", "options"])
        guard let select = try fields.object("select", type: "Selector") else {
            throw BuildError("target must specify resources to select", at: fields.node)
        }
        var rejects: [Selector] = []
        for entry in try fields.objects("reject", type: "Selector") { rejects.append(try Selector(entry)) }
        var paths = try fields.texts("fieldPaths").map { (text: $0.valueText, node: $0) }
        if paths.isEmpty { paths = [("metadata.name", fields.node)] }
        return Target(
            selector: try Selector(select), rejects: rejects, paths: paths,
            options: try Options(try fields.object("options", type: "FieldOptions")))
    }

    /// The entries of a kustomization's list, in place or in files.
    static func list(_ entries: [Node], _ loader: Loader) throws(BuildError) -> [Replacement] {
        var result: [Replacement] = []
        for entry in entries {
            let fields = try Fields(entry, type: "ReplacementField")
            guard let path = try fields.text("path") else {
                result.append(try Replacement(fields))
                continue
            }
            if fields["source"] != nil || fields["targets"] != nil {
                throw BuildError("cannot specify both path and inline replacement", at: entry)
            }
            guard let tree = try loader.trees(path.text, at: path).first else { continue }
            switch tree.kind {
            case .sequence:
                for node in tree.content {
                    result.append(try Replacement(try Fields(node, type: "Replacement", isLenient: true)))
                }
            case .mapping: result.append(try Replacement(try Fields(tree, type: "Replacement", isLenient: true)))
            case .scalar:
                throw BuildError("unsupported replacement type encountered within replacement path: string", at: tree)
            }
        }
        return result
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        let value = try value(list)
        for target in targets {
            for resource in list.resources {
                guard target.selector.matchesMetadata(resource),
                    !target.rejects.contains(where: { $0.hasMetadataTests && $0.matchesMetadata(resource) })
                else { continue }
                let ids = resource.allIDs
                if target.rejects.contains(where: { reject in reject.hasID && ids.contains { reject.matches($0) } }) {
                    continue
                }
                guard ids.contains(where: { target.selector.matches($0) }) else { continue }
                for path in target.paths { try put(value, path, target.options, resource) }
                resource.forgetID()
                if let name = resource.metadata?.field("name"), name.kind != .scalar || name.text.isEmpty {
                    throw BuildError(
                        "missing metadata.name in object {\(resource.apiVersion) \(resource.id.gvk.kind)}", at: name)
                }
            }
        }
    }

    // MARK: Source

    private func value(_ list: ResourceList) throws(BuildError) -> Node {
        if let given { return .scalar(given.text, origin: given.origin.caused(by: .replacement)) }
        guard let source else { throw BuildError("replacements must specify a source and at least one target") }
        let shown = source.id.description + (source.path.isEmpty ? "" : ":" + source.path)
        var found: Resource?
        for resource in list.resources where resource.allIDs.contains(where: { $0.isSelected(by: source.id) }) {
            if found != nil { throw BuildError("multiple matches for selector \(shown)", at: source.node) }
            found = resource
        }
        guard let found else {
            var error = BuildError("nothing selected by \(shown)", at: source.node)
            error.isUnmatched = true
            throw error
        }
        let path = source.path.isEmpty ? "metadata.name" : source.path
        let node: Node?
        do throws(BuildError) {
            node = try FieldPath.lookup(PathText.splitBrackets(path, "."), in: found.root)
        } catch {
            throw error.wrapped("error looking up replacement source")
        }
        guard let node, !node.isNullOrEmpty else {
            throw BuildError(
                "fieldPath `\(path)` is missing for replacement source \(source.id.description)",
                at: source.node.field("fieldPath") ?? source.node)
        }
        return try refined(node, source)
    }

    private func refined(_ node: Node, _ source: Source) throws(BuildError) -> Node {
        if source.options.delimiter.isEmpty { return node }
        guard node.kind == .scalar else {
            throw BuildError("delimiter option can only be used with scalar nodes", at: source.node)
        }
        let parts = node.valueText.split(on: source.options.delimiter)
        guard parts.indices.contains(source.options.index) else {
            throw BuildError(
                "options.index \(source.options.index) is out of bounds for value \(node.valueText)", at: source.node)
        }
        let copy = node.copy()
        copy.text = parts[source.options.index]
        return copy
    }

    // MARK: Target

    private func put(
        _ value: Node, _ path: (text: String, node: Node), _ options: Options, _ resource: Resource
    ) throws(BuildError) {
        let kind = options.creates ? value.kind : nil
        var parts = PathText.splitBrackets(path.text, ".")
        // `.spec.a` is `spec.a`.
        if parts.first == "" { parts.removeFirst() }
        if parts.isEmpty { throw BuildError("the field path names no field of the replacement target", at: path.node) }
        if try StructuredText.put(value, parts, making: kind, in: resource.root) { return }
        let failure =
            "unable to find \(options.creates ? "or create " : "")field \"\(path.text)\" in replacement target"
        let nodes: [Node]
        do throws(BuildError) {
            nodes = try FieldPath(parts, at: path.node).nodes(in: resource.root, making: kind)
        } catch {
            var located = error.wrapped(failure, at: path.node.origin)
            located.origin = path.node.origin
            throw located
        }
        if nodes.isEmpty {
            throw BuildError(failure, at: path.node, hint: "set 'create: true' in the options to make the field")
        }
        for node in nodes { try set(node, value, options, path.node) }
    }

    private func set(_ node: Node, _ value: Node, _ options: Options, _ place: Node) throws(BuildError) {
        var text = value.valueText
        var parts: [Origin] = []
        if !options.delimiter.isEmpty {
            guard node.kind == .scalar else {
                throw BuildError("delimiter option can only be used with scalar nodes", at: place)
            }
            var pieces = node.text.split(on: options.delimiter)
            if options.index < 0 {
                pieces.insert(text, at: 0)
            } else if options.index >= pieces.count {
                pieces.append(text)
            } else {
                pieces[options.index] = text
            }
            text = pieces.joined(separator: options.delimiter)
            parts = [node.origin]
        }
        let origin = value.origin.caused(by: .replacement)
        if node.kind == .scalar {
            node.setText(options.delimiter.isEmpty ? value.text : text, origin: origin, parts: parts.filter(\.isKnown))
            for part in value.notes?.parts ?? [] { node.addPart(part) }
        } else {
            node.assign(value.copy())
        }
    }
}

extension String {
    /// The parts between separators, as Go's `strings.Split`.
    func split(on separator: String) -> [String] {
        let (bytes, mark) = (Array(utf8), Array(separator.utf8))
        guard !mark.isEmpty, bytes.count >= mark.count else { return [self] }
        var parts: [String] = []
        var start = 0
        var index = 0
        while index + mark.count <= bytes.count {
            if bytes[index] == mark[0], bytes[index..<(index + mark.count)].elementsEqual(mark) {
                parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
                index += mark.count
                start = index
            } else {
                index += 1
            }
        }
        return parts + [String(decoding: bytes[start...], as: UTF8.self)]
    }
}
