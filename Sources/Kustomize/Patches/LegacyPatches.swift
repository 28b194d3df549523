import Diagnostics

/// `patchesStrategicMerge`: patches that each name the object they are for.
enum StrategicPatches {
    /// The patches of a list of paths, or of texts.
    static func transformer(_ paths: [Node], inline: Node?, _ loader: Loader) throws(BuildError) -> (ResourceList)
        throws(BuildError) -> Void
    {
        var patches: [Resource] = []
        for path in paths { patches += try read(path, loader) }
        if let inline {
            patches += try resources(try PatchTransformer.documents(of: inline, loader, trims: false), loader)
        }
        if patches.isEmpty {
            throw BuildError(
                "patch appears to be empty; files=\(paths.map(\.text)), Patch=\(inline?.text ?? "")",
                at: paths.first ?? inline)
        }
        let loaded = patches
        let (schemas, context) = (loader.context.schema, loader.context)
        return { list throws(BuildError) in
            for patch in loaded {
                let resource: Resource
                do throws(BuildError) { resource = try list.only(patch.originalID, at: patch.root) } catch {
                    try context.passOver(error)
                    continue
                }
                try PatchTransformer.merge(patch, into: resource, schemas)
            }
        }
    }

    private static func resources(_ documents: [Node], _ loader: Loader) throws(BuildError) -> [Resource] {
        for document in documents { document.mark(.patch) }
        return try ResourceReader.resources(documents, loader.context)
    }

    /// An entry may be the patch itself; else it is a path.
    private static func read(_ entry: Node, _ loader: Loader) throws(BuildError) -> [Resource] {
        if entry.text.contains("\n") || entry.text.contains(":") {
            do throws(BuildError) {
                return try resources(try PatchTransformer.documents(of: entry, loader, trims: false), loader)
            } catch {
                if error.isFinal || entry.text.contains("\n") { throw error }
            }
        }
        do throws(BuildError) {
            return try resources(try loader.trees(entry.text, at: entry), loader)
        } catch {
            throw error.isMalformedYAML ? error.wrapped("in file '\(entry.text)'") : error
        }
    }
}

/// `patchesJson6902`: a JSON patch for the objects that a target selects.
struct JSONPatchTransformer {
    private let patch: JSONPatch
    private let target: Selector
    private let node: Node

    /// Reads an entry whose text is in the field `inline`.
    init(_ fields: Fields, inline: String, _ loader: Loader) throws(BuildError) {
        node = fields.node
        guard let selector = try fields.object("target", type: "Selector") else {
            throw BuildError("must specify the target field", at: node)
        }
        if try selector.text("name")?.text.isEmpty ?? true {
            throw BuildError("must specify the target name", at: selector.node)
        }
        target = try Selector(selector)
        let (path, text) = (try fields.text("path"), try fields.text(inline))
        let documents: [Node]
        switch (path, text) {
        case (nil, nil): throw BuildError("must specify a json patch file path or inline jsonOp", at: node)
        case (_?, _?): throw BuildError("specify a json patch file path or inline jsonOp, not both", at: node)
        case (let path?, nil):
            documents = try loader.trees(path.text, at: path)
            try JSONPatch.requireJSON(try loader.file(path.text, at: path).file.bytes, at: path)
        case (nil, let text?):
            try JSONPatch.requireJSON(Array(text.text.utf8), at: text)
            documents = try PatchTransformer.documents(of: text, loader, trims: false)
        }
        guard let document = documents.first else {
            throw BuildError("patch appears to be empty", at: path ?? text)
        }
        do throws(BuildError) {
            patch = try JSONPatch(document)
        } catch {
            throw error.wrapped("decoding \((text ?? path)?.text.trimmed.debugDescription ?? "")")
        }
    }

    func apply(_ list: ResourceList) throws(BuildError) {
        for resource in list.resources where target.matches(resource) {
            try PatchTransformer.apply(patch, to: resource)
        }
    }
}
