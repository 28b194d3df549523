/// The transformers and generators of a kustomization: those of its fields and those of its plugin files.
struct Steps {
    let target: Target
    let settings: TransformerSettings

    init(_ target: Target, _ settings: TransformerSettings) {
        self.target = target
        self.settings = settings
    }

    private var kustomization: Kustomization { target.kustomization }
    private var loader: Loader { target.loader }

    // MARK: Fields of the kustomization

    /// The transformers of the fields, in kustomize's order.
    func builtin() throws(BuildError) -> [Transformer] {
        var steps: [Transformer] = []
        func add(_ kind: String, _ apply: @escaping (ResourceList) throws(BuildError) -> Void) {
            steps.append(Transformer(origin: target.configured(by: kind), apply: apply))
        }
        if !kustomization.patchesStrategicMerge.isEmpty {
            add(
                "PatchStrategicMergeTransformer",
                try StrategicPatches.transformer(kustomization.patchesStrategicMerge, inline: nil, loader))
        }
        for fields in kustomization.patches { add("PatchTransformer", try PatchTransformer(fields, loader).apply) }
        if let namespace = kustomization.namespace {
            add("NamespaceTransformer", NamespaceTransformer(namespace: namespace, specs: settings.namespace).apply)
        }
        if let prefix = kustomization.namePrefix {
            add("PrefixTransformer", AffixTransformer(affix: prefix, isPrefix: true, specs: settings.namePrefix).apply)
        }
        if let suffix = kustomization.nameSuffix {
            add("SuffixTransformer", AffixTransformer(affix: suffix, isPrefix: false, specs: settings.nameSuffix).apply)
        }
        for (entries, specs) in try labels() {
            add("LabelTransformer", MapEntries.transformer(entries, specs, cause: .label))
        }
        if !kustomization.commonAnnotations.isEmpty {
            add(
                "AnnotationsTransformer",
                MapEntries.transformer(kustomization.commonAnnotations, settings.commonAnnotations, cause: .annotation))
        }
        for fields in kustomization.patchesJSON6902 {
            add("PatchJson6902Transformer", try JSONPatchTransformer(fields, inline: "patch", loader).apply)
        }
        for fields in kustomization.replicas {
            add("ReplicaCountTransformer", try ReplicaTransformer(fields, specs: settings.replicas).apply)
        }
        for fields in kustomization.images {
            add("ImageTagTransformer", try ImageTransformer(fields, specs: settings.images).apply)
        }
        if !kustomization.replacements.isEmpty {
            let replacements = try Replacement.list(kustomization.replacements, loader)
            add("ReplacementTransformer", apply(replacements))
        }
        return steps
    }

    private func apply(_ replacements: [Replacement]) -> (ResourceList) throws(BuildError) -> Void {
        let context = target.loader.context
        return { list throws(BuildError) in
            for replacement in replacements {
                try context.checkCancelled()
                do throws(BuildError) { try replacement.apply(list) } catch { try context.passOver(error) }
            }
        }
    }

    /// Entries of `labels` and `commonLabels` with the fields that each goes to.
    private func labels() throws(BuildError) -> [(entries: [(key: Node, value: Node)], specs: [FieldSpec])] {
        if kustomization.labels.isEmpty, kustomization.commonLabels.isEmpty { return [] }
        var result: [(entries: [(key: Node, value: Node)], specs: [FieldSpec])] = []
        for label in kustomization.labels {
            var specs = try FieldSpec.list(try label.objects("fields", type: "FieldSpec"))
            do throws(BuildError) {
                try FieldSpec.merge(&specs, settings.labels)
                if try label.flag("includeSelectors") {
                    try FieldSpec.merge(&specs, settings.commonLabels)
                } else {
                    if try label.flag("includeTemplates") { try FieldSpec.merge(&specs, settings.templateLabels) }
                    try FieldSpec.merge(&specs, [FieldSpec("metadata/labels", creates: true)])
                }
            } catch {
                throw error.wrapped("failed to merge labels", at: label.node.origin)
            }
            result.append((try label.map("pairs"), specs))
        }
        result.append((kustomization.commonLabels, settings.commonLabels))
        return result
    }

    // MARK: Plugin files

    /// A plugin's settings and what `buildMetadata` says of it.
    private struct Plugin {
        var resource: Resource
        var fields: Fields
        var loader: Loader

        var kind: String { resource.kind }
    }

    /// The plugins of a list of files, folders and inline texts.
    private func plugins(_ entries: [Node]) throws(BuildError) -> [Plugin] {
        let accumulator = Accumulator()
        var paths: [Node] = []
        for entry in entries {
            guard let resources = try inline(entry) else {
                paths.append(entry)
                continue
            }
            if let folder = target.folder {
                for resource in resources {
                    resource.buildOrigin = BuildOrigin(path: BuildOrigin.join(folder, kustomization.fileName))
                }
            }
            try accumulator.list.append(contentsOf: resources)
        }
        try target.addResources(paths, to: accumulator)
        var plugins: [Plugin] = []
        for resource in accumulator.list.resources {
            if resource.apiVersion != "builtin", !EncryptedSecrets.isAsked(by: resource) {
                try loader.context.leaveOut(Self.refusal(of: resource))
                continue
            }
            let root = resource.root.copy()
            root.keepTexts()
            plugins.append(
                Plugin(resource: resource, fields: try Fields(root, type: resource.kind, isLenient: true), loader: loader))
        }
        return plugins
    }

    /// An entry that is the settings themselves; nil for a path.
    private func inline(_ entry: Node) throws(BuildError) -> [Resource]? {
        guard entry.text.contains("\n") || entry.text.contains(": ") else { return nil }
        do throws(BuildError) {
            return try ResourceReader.resources(
                try PatchTransformer.documents(of: entry, loader, trims: false), loader.context)
        } catch {
            if error.isFinal { throw error }
            return nil
        }
    }

    private static func refusal(of resource: Resource) -> BuildError {
        let id = "\(resource.kind).\(resource.gvk.version.isEmpty ? "[noVer]" : resource.gvk.version)"
        let keys = ["config.kubernetes.io/function", "config.k8s.io/function"]
        let isFunction = keys.contains { resource.annotations?.field($0) != nil }
        let what = isFunction ? "function" : "plugin"
        var error = BuildError(
            isFunction
                ? "the function '\(resource.name)' is not run: programs and containers are never started"
                : "external plugins disabled; unable to load external plugin '\(id)'", at: resource.root,
            hint: "put the \(what)'s output into the repository and list it under resources")
        error.isForeign = true
        return error
    }

    private func origin(_ plugin: Plugin) -> BuildOrigin? {
        guard target.folder != nil else { return nil }
        return BuildOrigin(
            configuredIn: plugin.resource.buildOrigin?.path ?? "", apiVersion: plugin.resource.apiVersion,
            kind: plugin.resource.kind, name: plugin.resource.name, namespace: plugin.resource.namespace)
    }

    /// What the generators of a list of files make.
    func generated(_ entries: [Node]) throws(BuildError) -> [(resources: [Resource], origin: BuildOrigin?)] {
        var result: [(resources: [Resource], origin: BuildOrigin?)] = []
        for plugin in try plugins(entries) {
            let resources: [Resource]
            if EncryptedSecrets.isAsked(by: plugin.resource) {
                result.append((try EncryptedSecrets.generate(plugin.fields, loader), origin(plugin)))
                continue
            }
            switch plugin.kind {
            case "ConfigMapGenerator", "SecretGenerator":
                let generator = MapGenerator(
                    fields: plugin.fields, isSecret: plugin.kind == "SecretGenerator", global: nil)
                resources = [try generator.generate(loader)]
            case "IAMPolicyGenerator": resources = [try PolicyGenerator.generate(plugin.fields, loader)]
            case "HelmChartInflationGenerator":
                resources = try ChartGenerator.generate(plugin.fields, nil, namespace: kustomization.namespace, loader)
            default: throw Self.unknown(plugin)
            }
            result.append((resources, origin(plugin)))
        }
        return result
    }

    private static func unknown(_ plugin: Plugin) -> BuildError {
        BuildError("unable to load builtin \(plugin.kind).builtin.[noGrp]", at: plugin.resource.root)
    }

    /// The transformers of a list of files.
    func external(_ entries: [Node]) throws(BuildError) -> [Transformer] {
        var steps: [Transformer] = []
        for plugin in try plugins(entries) {
            do throws(BuildError) {
                steps.append(Transformer(origin: origin(plugin), apply: try transformer(plugin)))
            } catch {
                if error.message.hasPrefix("unable to load builtin") { throw error }
                throw error.wrapped(
                    "plugin \(plugin.kind).builtin.[noGrp]/\(plugin.resource.name).[noNs] fails configuration",
                    at: plugin.resource.root.origin)
            }
        }
        return steps
    }

    private func transformer(_ plugin: Plugin) throws(BuildError) -> (ResourceList) throws(BuildError) -> Void {
        let fields = plugin.fields
        let specs = try FieldSpec.list(try fields.objects("fieldSpecs", type: "FieldSpec"))
        switch plugin.kind {
        case "AnnotationsTransformer":
            return MapEntries.transformer(try fields.map("annotations"), specs, cause: .annotation)
        case "LabelTransformer": return MapEntries.transformer(try fields.map("labels"), specs, cause: .label)
        case "NamespaceTransformer": return try namespaceTransformer(fields, specs)
        case "PrefixTransformer", "SuffixTransformer", "PrefixSuffixTransformer":
            return try affixTransformer(plugin, specs)
        case "ImageTagTransformer":
            guard let image = try fields.object("imageTag", type: "Image") else { return { _ throws(BuildError) in } }
            return try ImageTransformer(image, specs: specs).apply
        case "ReplicaCountTransformer":
            guard let replica = try fields.object("replica", type: "Replica") else {
                return { _ throws(BuildError) in }
            }
            return try ReplicaTransformer(replica, specs: specs).apply
        case "PatchTransformer": return try PatchTransformer(fields, loader).apply
        case "PatchJson6902Transformer": return try JSONPatchTransformer(fields, inline: "jsonOp", loader).apply
        case "PatchStrategicMergeTransformer":
            return try StrategicPatches.transformer(
                try fields.texts("paths"), inline: try fields.text("patches"), loader)
        case "ReplacementTransformer":
            return apply(try Replacement.list(try fields.list("replacements"), loader))
        case "ValueAddTransformer": return try ValueAddTransformer(fields, loader).apply
        case "HashTransformer": return { list throws(BuildError) in try ContentHash.apply(list) }
        default: throw Self.unknown(plugin)
        }
    }

    private func namespaceTransformer(
        _ fields: Fields, _ specs: [FieldSpec]
    ) throws(BuildError) -> (ResourceList) throws(BuildError) -> Void {
        guard let namespace = try fields.object("metadata", type: "ObjectMeta")?.text("namespace") else {
            return { _ throws(BuildError) in }
        }
        var transformer = NamespaceTransformer(namespace: namespace, specs: specs)
        transformer.onlyWhereUnset = try fields.flag("unsetOnly")
        if let mode = try fields.text("setRoleBindingSubjects") {
            guard let subjects = NamespaceTransformer.Subjects(rawValue: mode.text) else {
                throw BuildError(
                    "invalid value \"\(mode.text)\" for setRoleBindingSubjects: must be one of \"defaultOnly\", \"none\" or \"allServiceAccounts\"",
                    at: mode)
            }
            transformer.subjects = subjects
        }
        return transformer.apply
    }

    private func affixTransformer(
        _ plugin: Plugin, _ specs: [FieldSpec]
    ) throws(BuildError) -> (ResourceList) throws(BuildError) -> Void {
        let prefix = plugin.kind == "SuffixTransformer" ? nil : try plugin.fields.text("prefix")
        let suffix = plugin.kind == "PrefixTransformer" ? nil : try plugin.fields.text("suffix")
        return { list throws(BuildError) in
            if let prefix { try AffixTransformer(affix: prefix, isPrefix: true, specs: specs).apply(list) }
            if let suffix { try AffixTransformer(affix: suffix, isPrefix: false, specs: specs).apply(list) }
        }
    }

    // MARK: Validators

    /// Runs transformers that may only refuse.
    func validate(_ entries: [Node], _ list: ResourceList) throws(BuildError) {
        for step in try external(entries) {
            try target.loader.context.checkCancelled(at: entries.first)
            let copies = ResourceList(list.resources.map { $0.copy() })
            try step.apply(copies)
            let isSame =
                copies.count == list.count
                && zip(copies.resources, list.resources).allSatisfy {
                    TreeWriter.text($0.root) == TreeWriter.text($1.root)
                }
            if !isSame {
                throw BuildError(
                    "validator shouldn't modify the resource map: \(step.origin?.kind ?? "")", at: entries.first)
            }
        }
    }
}
