import Diagnostics

/// One kustomization that is being built.
final class Target {
    let loader: Loader
    let kustomization: Kustomization
    /// The folder relative to the one that is built, for `buildMetadata`; nil when no origins are wanted.
    var folder: String?
    /// The namespace that an outer kustomization gives, for charts.
    private let outerNamespace: Node?

    /// - Parameter edits: what is changed in the kustomization before it is read.
    init(_ loader: Loader, folder: String?, outerNamespace: Node?, edits: Edits? = nil) throws(BuildError) {
        self.loader = loader
        self.folder = folder
        self.outerNamespace = outerNamespace
        kustomization = try Self.load(loader, edits)
        let context = loader.context
        for (message, node) in kustomization.deprecations {
            var warning = BuildError(message, at: node).diagnostic(in: context.sources)
            warning.severity = .warning
            context.warnings.append(warning)
        }
    }

    static let fileNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

    private static func load(_ loader: Loader, _ edits: Edits?) throws(BuildError) -> Kustomization {
        var found: [(name: String, path: String)] = []
        for name in fileNames where edits?.isAlone != true {
            guard let place = loader.context.files.resolve(SlashPath.join(loader.root, name)), !place.isFolder else {
                continue
            }
            if loader.context.options.restrictsToRoot, !SlashPath.contains(loader.root, place.path) { continue }
            found.append((name, place.path))
        }
        guard let file = found.first else {
            if let made = try edits?.madeKustomization(loader.context) {
                return try Kustomization(made, fileName: fileNames[0])
            }
            throw BuildError(
                "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' in directory '\(loader.root)'",
                hint: "name a folder with one or a chart; plain manifests need no rendering, and lintel check reads them")
        }
        if found.count > 1 {
            throw BuildError(
                "Found multiple kustomization files under: \(loader.root)",
                hint: "keep one of \(found.map(\.name).joined(separator: ", "))")
        }
        let documents = try loader.trees(file.name, at: nil)
        guard let root = documents.first else {
            let source = try loader.context.source(file.path, named: loader.shown(file.path), at: nil)
            throw BuildError("kustomization.yaml is empty", at: Origin(file: source?.number ?? 0, start: 0, end: 0))
        }
        do throws(BuildError) {
            try edits?.apply(to: root, loader.context)
            return try Kustomization(root, fileName: file.name)
        } catch {
            throw error.message.hasPrefix("json:") ? error.wrapped("invalid Kustomization") : error
        }
    }

    // MARK: Order of a build

    /// Gathers all that the kustomization names and changes it, as kustomize orders the steps.
    func accumulate(into accumulator: Accumulator) throws(BuildError) {
        do throws(BuildError) {
            try addResources(kustomization.resources, to: accumulator)
        } catch {
            throw error.wrapped("accumulating resources")
        }
        try accumulator.settings.merge(try TransformerSettings.defaults(with: kustomization.configurations, loader))
        try accumulator.settings.merge(try CustomResourceSettings.files(kustomization.customResources, loader))
        try generate(accumulator)
        do throws(BuildError) {
            for component in kustomization.components { try addComponent(component, to: accumulator) }
        } catch {
            throw error.wrapped("accumulating components")
        }
        let steps = Steps(self, accumulator.settings)
        try Transformer.run(
            try steps.builtin() + steps.external(kustomization.transformers), on: accumulator.list, loader.context)
        try steps.validate(kustomization.validators, accumulator.list)
        do throws(BuildError) {
            try accumulator.variables.merge(kustomization.variables, accumulator.list)
        } catch {
            try loader.context.passOver(error.wrapped("merging vars"))
        }
    }

    // MARK: Resources

    /// Adds the objects of files and folders.
    func addResources(_ paths: [Node], to accumulator: Accumulator) throws(BuildError) {
        for path in paths {
            try loader.context.checkCancelled(at: path)
            let fileError: BuildError
            do throws(BuildError) {
                try addFile(path, to: accumulator)
                continue
            } catch {
                if error.isForeign, loader.context.options.leavesForeignOut {
                    try loader.context.leaveOut(error)
                    continue
                }
                if error.isFinal { throw error }
                fileError = error
            }
            do throws(BuildError) {
                try addFolder(try loader.folder(path), path, to: accumulator)
            } catch {
                if error.isForeign, loader.context.options.leavesForeignOut {
                    try loader.context.leaveOut(error)
                    continue
                }
                if fileError.isMalformedYAML { throw fileError }
                if error.isFinal { throw error }
                throw Self.combined(fileError, error, path)
            }
        }
    }

    /// kustomize tries a path as a file first and as a folder then, and tells of both.
    private static func combined(_ file: BuildError, _ folder: BuildError, _ path: Node) -> BuildError {
        var error = folder.wrapped("accumulation err='\(file.message)'", at: path.origin)
        // A file that is there says more than that it is no folder.
        let isAboutFile = file.origin.map { $0.isKnown && $0.file != path.origin.file } ?? false
        if isAboutFile || folder.message.hasPrefix("must build at directory: ") {
            error.origin = file.origin ?? error.origin
        }
        error.hint = file.hint ?? folder.hint
        return error
    }

    private func addFile(_ path: Node, to accumulator: Accumulator) throws(BuildError) {
        let resources: [Resource]
        do throws(BuildError) {
            let documents = try loader.trees(path.valueText, at: path)
            resources = try ResourceReader.resources(documents, loader.context)
        } catch {
            var wrapped = error.wrapped("accumulating resources from '\(path.valueText)'", at: path.origin)
            if error.isMalformedYAML { wrapped.message += " in File: \(path.valueText)" }
            throw wrapped
        }
        if let folder {
            for resource in resources {
                resource.buildOrigin = BuildOrigin(path: BuildOrigin.join(folder, path.valueText))
            }
        }
        do throws(BuildError) {
            try accumulator.list.append(contentsOf: resources)
        } catch {
            throw error.wrapped("merging resources from '\(path.valueText)'", at: path.origin)
        }
    }

    /// Builds the kustomization of another folder.
    private func target(_ loader: Loader, _ path: Node, isComponent: Bool) throws(BuildError) -> Target {
        let target: Target
        do throws(BuildError) {
            target = try Target(
                loader, folder: folder.map { BuildOrigin.join($0, path.valueText) },
                outerNamespace: kustomization.namespace ?? outerNamespace)
        } catch {
            throw error.wrapped("couldn't make target for path '\(loader.root)'", at: path.origin)
        }
        try target.chooseSchema()
        let isWanted = target.kustomization.kind == "Component"
        if isComponent, !isWanted {
            throw BuildError(
                "expected kind 'Component' for path '\(loader.root)' but got '\(target.kustomization.kind)'", at: path)
        }
        if !isComponent, isWanted {
            throw BuildError(
                "expected kind != 'Component' for path '\(loader.root)'", at: path, hint: "list it under components")
        }
        return target
    }

    private func addFolder(_ folder: Loader, _ path: Node, to accumulator: Accumulator) throws(BuildError) {
        let target = try target(folder, path, isComponent: false)
        let own = Accumulator()
        do throws(BuildError) {
            try target.accumulate(into: own)
        } catch {
            throw error.wrapped("recursed accumulation of path '\(folder.root)'")
        }
        do throws(BuildError) {
            try accumulator.merge(own)
        } catch {
            throw error.wrapped("recursed merging from path '\(folder.root)'", at: path.origin)
        }
    }

    /// A component changes what is gathered so far.
    private func addComponent(_ path: Node, to accumulator: Accumulator) throws(BuildError) {
        let folder: Loader
        do throws(BuildError) { folder = try loader.folder(path) } catch { return try loader.context.leaveOut(error) }
        let target = try target(folder, path, isComponent: true)
        do throws(BuildError) {
            try target.accumulate(into: accumulator)
        } catch {
            throw error.wrapped("recursed accumulation of path '\(folder.root)'")
        }
    }

    /// Takes the types of `openapi`; the outermost kustomization that names some decides.
    func chooseSchema() throws(BuildError) {
        guard let fields = kustomization.openAPI else { return }
        let context = loader.context
        if let path = try fields.text("path") {
            let documents = try loader.trees(path.text, at: path)
            if context.schema.isSet { return }
            if let version = try fields.text("version") {
                throw BuildError("builtin version and custom schema provided, cannot use both", at: version)
            }
            if let document = documents.first { context.schema.use(document) }
        } else if let version = try fields.text("version"), !context.schema.isSet {
            if version.text != "v1.21.2", version.text != "v1212" {
                throw BuildError("the specified OpenAPI version is not built in", at: version)
            }
            context.schema.useBuiltin()
        }
    }

    // MARK: Generators

    private func generate(_ accumulator: Accumulator) throws(BuildError) {
        let global = kustomization.generatorOptions
        for (entries, isSecret) in [(kustomization.configMaps, false), (kustomization.secrets, true)] {
            for fields in entries {
                try loader.context.checkCancelled(at: fields.node)
                let resource = try MapGenerator(fields: fields, isSecret: isSecret, global: global).generate(loader)
                resource.buildOrigin = configured(by: isSecret ? "SecretGenerator" : "ConfigMapGenerator")
                try absorb([resource], accumulator)
            }
        }
        for chart in kustomization.charts {
            let resources: [Resource]
            do throws(BuildError) {
                resources = try ChartGenerator.generate(
                    chart, kustomization.chartGlobals, namespace: kustomization.namespace ?? outerNamespace, loader)
            } catch {
                try loader.context.leaveOut(error)
                continue
            }
            for resource in resources { resource.buildOrigin = configured(by: "HelmChartInflationGenerator") }
            try absorb(resources, accumulator)
        }
        do throws(BuildError) {
            for (resources, origin) in try Steps(self, accumulator.settings).generated(kustomization.generators) {
                for resource in resources where resource.buildOrigin == nil { resource.buildOrigin = origin }
                try absorb(resources, accumulator)
            }
        } catch {
            throw error.wrapped("loading generator plugins")
        }
    }

    private func absorb(_ resources: [Resource], _ accumulator: Accumulator) throws(BuildError) {
        do throws(BuildError) {
            try accumulator.list.absorb(resources)
        } catch {
            try loader.context.passOver(error.wrapped("merging from generator"))
        }
    }

    /// What `buildMetadata` says of a builtin step of this kustomization.
    func configured(by kind: String) -> BuildOrigin? {
        folder.map { folder in
            BuildOrigin(
                configuredIn: BuildOrigin.join(folder, kustomization.fileName), apiVersion: "builtin", kind: kind)
        }
    }
}
