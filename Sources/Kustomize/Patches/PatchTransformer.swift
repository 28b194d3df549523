import Diagnostics

/// One entry of `patches`: a strategic merge patch or a JSON patch, for one object or all that a target selects.
struct PatchTransformer {
    private enum Form {
        case merge([Resource])
        case json(JSONPatch)
        case nothing
    }

    private let form: Form
    private let target: Selector?
    private let label: String
    private let node: Node
    private let schemas: SchemaChoice
    private let context: BuildContext

    /// Reads an entry of `patches`.
    init(_ fields: Fields, _ loader: Loader) throws(BuildError) {
        node = fields.node
        (schemas, context) = (loader.context.schema, loader.context)
        let (patch, path) = (try fields.text("patch"), try fields.text("path"))
        let inline = patch.flatMap { $0.text.allSatisfy(\.isWhitespace) ? nil : $0 }
        target = try fields.object("target", type: "Selector").map { fields throws(BuildError) in try Selector(fields) }
        switch (inline, path) {
        case (nil, nil): throw BuildError("must specify one of patch and path in", at: node)
        case (_?, _?): throw BuildError("patch and path can't be set at the same time", at: node)
        case (let inline?, nil):
            let text = inline.text.trimmed
            label = text.utf8.count <= 400 ? "[patch: \(text.debugDescription)]" : "[patch]"
            form = try Self.form(
                inline: inline, loader, label, Array(text.utf8),
                json: { () throws(BuildError) in try Self.documents(of: inline, loader, trims: true) })
        case (nil, let path?):
            label = "[path: \(path.text.debugDescription)]"
            let documents: [Node]?
            do throws(BuildError) {
                documents = try loader.trees(path.text, at: path)
            } catch {
                if !error.isMalformedYAML {
                    throw error.wrapped("failed to get the patch file from path(\(path.text))", at: path.origin)
                }
                throw BuildError(
                    "unable to parse SM or JSON patch from \(label): \(error.message)", at: error.origin,
                    hint: error.hint)
            }
            let bytes = try loader.file(path.text, at: path).file.bytes
            form = try Self.form(inline: path, loader, label, bytes, json: { () throws(BuildError) in documents ?? [] })
        }
        if case .merge(let patches) = form {
            let options = try fields.object("options", type: "PatchArgs")
            let allowsName = try options?.flag("allowNameChange") ?? false
            let allowsKind = try options?.flag("allowKindChange") ?? false
            for patch in patches {
                patch.allowsNameChange = allowsName
                patch.allowsKindChange = allowsKind
                // kustomize notes the options among the annotations, and all of them become strings: `null` too.
                if allowsName || allowsKind { patch.normalizeMetadataMap("annotations") }
            }
        }
    }

    /// The documents of an inline text, with places in the file that holds it.
    static func documents(of node: Node, _ loader: Loader, trims: Bool) throws(BuildError) -> [Node] {
        let context = loader.context
        let inline = InlineText(node, context.sources[node.origin.file])
        do throws(BuildError) {
            let nodes = try TreeReader.documents(
                of: Array((trims ? inline.text.trimmed : inline.text).utf8), number: node.origin.file,
                limits: context.options.limits)
            inline.relocate(nodes, leading: trims ? inline.text.leadingSpace : 0)
            return nodes
        } catch {
            var located = error
            located.origin = node.origin
            throw located
        }
    }

    private static func form(
        inline: Node, _ loader: Loader, _ label: String, _ bytes: [UInt8], json read: () throws(BuildError) -> [Node]
    ) throws(BuildError) -> Form {
        let documents: [Node]
        do throws(BuildError) {
            documents = try read()
        } catch {
            if error.isFinal { throw error }
            throw BuildError(
                "unable to parse SM or JSON patch from \(label): \(error.message)", at: error.origin, hint: error.hint)
        }
        guard let first = documents.first else { return .nothing }
        for document in documents { document.mark(.patch) }
        if first.kind == .sequence {
            do throws(BuildError) { try JSONPatch.requireJSON(bytes, at: inline) } catch {
                throw error.wrapped("unable to parse SM or JSON patch from \(label)")
            }
            return .json(try JSONPatch(first))
        }
        do throws(BuildError) {
            return .merge(try ResourceReader.resources(documents, loader.context))
        } catch {
            throw BuildError(
                "unable to parse SM or JSON patch from \(label): \(error.message)", at: error.origin ?? inline.origin,
                hint: error.hint)
        }
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        switch form {
        case .nothing: return
        case .json(let patch):
            guard let target else { throw BuildError("must specify a target for JSON patch \(label)", at: node) }
            for resource in list.resources where target.matches(resource) {
                resource.rememberID()
                try Self.apply(patch, to: resource)
            }
        case .merge(let patches): try merge(patches, list)
        }
    }

    /// Applies a JSON patch to an object. The annotations are there for it even when the object has none, because
    /// kustomize keeps its memory in them.
    static func apply(_ patch: JSONPatch, to resource: Resource) throws(BuildError) {
        // What several fields shared becomes their own, as after a trip through text.
        resource.root.content = resource.root.content.map { $0.copy() }
        try resource.root.canonicalize()
        if !resource.formerIDs.isEmpty, let metadata = resource.root.field("metadata"), metadata.kind == .mapping,
            metadata.field("annotations")?.isNull ?? true
        {
            metadata.clear("annotations")
            metadata.content += [.scalar("annotations"), Node(.mapping, tag: .map)]
        }
        try patch.apply(to: resource.root)
        resource.root.restyleAsWritten()
        resource.forgetID()
        resource.normalizeMetadataMap("annotations")
    }

    private func merge(_ patches: [Resource], _ list: ResourceList) throws(BuildError) {
        guard let target else {
            for patch in patches {
                let resource: Resource
                do throws(BuildError) {
                    resource = try list.only(patch.originalID, at: patch.root)
                } catch {
                    try context.passOver(
                        error.wrapped("no resource matches strategic merge patch \"\(patch.originalID.description)\""))
                    continue
                }
                try Self.merge(patch, into: resource, schemas)
            }
            return
        }
        if patches.count > 1 {
            throw BuildError(
                "Multiple Strategic-Merge Patches in one `patches` entry is not allowed to set `patches.target` field: \(label)",
                at: node)
        }
        for resource in list.resources where target.matches(resource) {
            let copy = patches[0].copy()
            copy.normalizeMetadataMap("labels")
            copy.normalizeMetadataMap("annotations")
            if let version = resource.root.field("apiVersion") { copy.root.set("apiVersion", version.copy()) }
            try Self.merge(copy, into: resource, schemas)
        }
        let left = list.resources.filter { !$0.isDeleted }
        try ResourceList(left).requireUniqueIDs("may not add resource with an already registered id")
    }

    /// Merges a patch into an object, which keeps its name and kind unless the patch may change them.
    static func merge(_ patch: Resource, into resource: Resource, _ schemas: SchemaChoice) throws(BuildError) {
        let name = resource.metadata?.field("name")?.copy()
        let namespace = resource.namespace.isEmpty ? nil : resource.metadata?.field("namespace")?.copy()
        let kind = resource.root.field("kind")?.copy()
        if patch.allowsNameChange || patch.allowsKindChange { resource.rememberID() }
        // The version is there to name the object, not to set it.
        if patch.apiVersion == resource.apiVersion { patch.root.clear("apiVersion") }
        let isLeft = try StrategicMerge(schemas).apply(patch.root, to: resource.root)
        resource.forgetID()
        if !isLeft {
            resource.root.content = []
            return
        }
        if resource.isDeleted { return }
        if !patch.allowsKindChange, let kind { restore(kind, "kind", in: resource.root) }
        let metadata = try resource.root.fieldOrCreate("metadata", .mapping, tag: .map)
        if !patch.allowsNameChange, let name { restore(name, "name", in: metadata) }
        if let namespace { restore(namespace, "namespace", in: metadata) } else { metadata.clear("namespace") }
        resource.forgetID()
    }

    private static func restore(_ value: Node, _ key: String, in mapping: Node) {
        guard let index = mapping.entryIndex(key) else {
            mapping.content += [.scalar(key), value]
            return
        }
        mapping.content[index + 1] = value
    }
}
