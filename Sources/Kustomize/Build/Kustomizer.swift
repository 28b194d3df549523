package import Diagnostics
import Documents

/// Builds a kustomization: the objects that `kustomize build` prints, each value with the text that it comes from.
///
/// The rules are those of kustomize 5.8; nothing is fetched and no program is run.
package struct Kustomizer: Sendable {
    let options: BuildOptions
    let files: any FileAccess

    package init(_ options: BuildOptions = BuildOptions(), files: any FileAccess) {
        self.options = options
        self.files = files
    }

    /// Builds the kustomization of a folder; the files are sources of `map`.
    ///
    /// - Parameters:
    ///   - edits: what is changed in the kustomization before, and in the objects afterwards.
    ///   - notes: further steps by which objects came to be.
    package func build(
        _ folder: String, map: SourceMap = SourceMap(), edits: Edits? = nil, notes further: [Diagnostic.Note] = []
    ) -> Build {
        let context = BuildContext(options, files: files, map: map)
        do throws(BuildError) {
            let list = try resources(folder, context, edits)
            let shown = SlashPath.relative(files.resolve(folder)?.path ?? folder, to: options.workingFolder)
            let own = context.sources.files.first.map { SourceRange(file: $0, start: 0, end: 0) }
            let notes = [Diagnostic.Note("as built from \(shown)", range: own)] + further
            var objects: [RenderedObject] = []
            objects.reserveCapacity(list.count)
            for resource in list.resources {
                objects.append(try RenderedObject(resource, context.sources, notes, keepsPlaces: options.keepsPlaces))
            }
            return Build(
                objects: objects, problems: context.warnings + context.leftOut, sources: context.sources.files,
                files: context.readFiles, remains: Build.Remains(list))
        } catch {
            return Build(
                objects: [], problems: context.warnings + context.leftOut + [error.diagnostic(in: context.sources)],
                sources: context.sources.files, files: context.readFiles)
        }
    }

    private func resources(_ folder: String, _ context: BuildContext, _ edits: Edits?) throws(BuildError) -> ResourceList {
        let loader = try Loader.top(folder, context)
        let target = try Target(loader, folder: nil, outerNamespace: nil, edits: edits)
        let kustomization = target.kustomization
        if !kustomization.buildMetadata.isEmpty { target.folder = "" }
        try target.chooseSchema()
        let accumulator = Accumulator()
        try target.accumulate(into: accumulator)
        let list = accumulator.list
        try ContentHash.apply(list)
        try NameReferences.update(accumulator.settings.nameReferences, list)
        do throws(BuildError) {
            try accumulator.variables.resolve(accumulator.settings.variables, list)
        } catch { try context.passOver(error) }
        list.filter { resource in
            let mark = resource.annotations?.field("config.kubernetes.io/local-config")
            return mark == nil || mark?.valueText == "false"
        }
        try Self.sort(list, kustomization.sortOptions, byDefault: options.sortsByDefault)
        if options.addsManagedByLabel || kustomization.has("managedByLabel") {
            let label = (
                key: Node.scalar("app.kubernetes.io/managed-by"), value: Node.string("kustomize-\(Self.version)")
            )
            try MapEntries.transformer([label], [FieldSpec("metadata/labels", creates: true)], cause: .builtin)(list)
        }
        for resource in list.resources { try Self.finish(resource, kustomization) }
        try edits?.finish(list, context)
        return list
    }

    /// The names that a kustomization's file may have.
    package static let fileNames = Target.fileNames

    /// The version of kustomize whose rules these are.
    package static let version = "v5.8.1"

    private static func sort(_ list: ResourceList, _ options: Fields?, byDefault: Bool) throws(BuildError) {
        guard let options else {
            if byDefault { list.sort { LegacyOrder.sort($0) } }
            return
        }
        let order = try options.text("order")
        let legacy = try options.object("legacySortOptions", type: "LegacySortOptions")
        switch order?.text {
        case "fifo":
            if let legacy { throw BuildError("legacySortOptions is only valid with order legacy", at: legacy.node) }
        case "legacy":
            guard let legacy else { return list.sort { LegacyOrder.sort($0) } }
            let first = try legacy.texts("orderFirst").map(\.text)
            let last = try legacy.texts("orderLast").map(\.text)
            list.sort { LegacyOrder.sort($0, first: first, last: last) }
        default:
            throw BuildError("the field 'sortOptions.order' must be one of [fifo, legacy]", at: order ?? options.node)
        }
    }

    /// Takes out what the build itself put into annotations, and puts in what `buildMetadata` asks for.
    private static func finish(_ resource: Resource, _ kustomization: Kustomization) throws(BuildError) {
        if let annotations = resource.annotations, annotations.kind == .mapping {
            for key in Annotations.ofBuild { annotations.clear(key) }
        }
        if kustomization.has("originAnnotations"), let origin = resource.buildOrigin {
            try resource.setAnnotation(Annotations.origin, .string(origin.text))
        }
        if kustomization.has("transformerAnnotations"), !resource.transformations.isEmpty {
            try resource.setAnnotation(Annotations.transformations, .string(BuildOrigin.text(resource.transformations)))
        }
        _ = try resource.root.fieldOrCreate("metadata", .mapping, tag: .map)
        resource.normalizeMetadataMap("annotations")
    }
}

/// Annotations that builds use.
enum Annotations {
    static let origin = "config.kubernetes.io/origin"
    static let transformations = "alpha.config.kubernetes.io/transformations"

    /// Those that never get into a result.
    static let ofBuild: [String] = [
        origin, transformations, "internal.config.kubernetes.io/previousKinds",
        "internal.config.kubernetes.io/previousNames",
        "internal.config.kubernetes.io/previousNamespaces", "internal.config.kubernetes.io/prefixes",
        "internal.config.kubernetes.io/suffixes", "internal.config.kubernetes.io/allowNameChange",
        "internal.config.kubernetes.io/allowKindChange", "internal.config.kubernetes.io/refBy",
        "internal.config.kubernetes.io/generatorBehavior", "internal.config.kubernetes.io/needsHashSuffix",
        "internal.config.kubernetes.io/path", "internal.config.kubernetes.io/index",
        "internal.config.kubernetes.io/seqindent", "internal.config.kubernetes.io/id",
        "internal.config.kubernetes.io/annotations-migration-resource-id", "config.kubernetes.io/path",
        "config.kubernetes.io/index", "config.k8s.io/id",
    ]
}
