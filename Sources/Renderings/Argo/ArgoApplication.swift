import Diagnostics
import Documents
import Inputs
import Kustomize

/// What an Argo CD `Application` has built, by the rules of its repository server.
struct ArgoApplication {
    static let group = "argoproj.io"

    private let root: PlacedNode
    private let file: String
    private let name: String
    private let title: String
    private let spec: PlacedNode
    private let context: DeployerContext

    /// Nil when the object has no sources.
    init?(_ root: PlacedNode, file: String, title: String? = nil, _ context: DeployerContext) {
        guard let spec = root["spec"], let name = root.at("metadata", "name")?.text else { return nil }
        self.root = root
        self.file = file
        self.name = name
        self.spec = spec
        self.context = context
        let namespace = root.at("metadata", "namespace")?.text
        self.title = title ?? "Application \(namespace.map { "\($0)/" } ?? "")\(name)"
    }

    /// The sources that are written out, each with what it builds.
    func jobs() -> [BuildJob] {
        let sources = spec["sources"]?.items ?? [spec["source"] ?? spec.at("sourceHydrator", "drySource")].compactMap(\.self)
        return sources.compactMap { job($0, among: sources) }
    }

    private func job(_ source: PlacedNode, among sources: [PlacedNode]) -> BuildJob? {
        let url = source["repoURL"]?.text
        // A source that others take values files from.
        if source["ref"] != nil, source["path"] == nil, source["chart"] == nil { return nil }
        let note = Diagnostic.Note("applied by \(title)", range: source.range)
        if let chart = source["chart"]?.text {
            if let local = context.localChart(chart, in: url) { return job(local, source, sources, note) }
            return nothing(
                .chart, "\(url ?? "")/\(chart)", source,
                "the chart lives in a registry and nothing is fetched: name a local copy under charts: in lintel.yaml")
        }
        let path = source["path"]?.text ?? "."
        switch context.repository.place(of: path, in: url, near: file) {
        case .elsewhere: return nothing(.manifests, "\(url ?? "") \(path)", source, "its repository is another one")
        case .missing:
            return nothing(.manifests, path, source, "there is no \(path) in this repository", isMistake: true)
        case .here(let folder): return job(folder, source, sources, note)
        }
    }

    private func nothing(
        _ kind: BuildRecord.Kind, _ path: String, _ source: PlacedNode, _ reason: String, isMistake: Bool = false
    ) -> BuildJob {
        let problems =
            isMistake
            ? [
                Diagnostic(
                    code: "deployment_source", severity: .warning, message: "\(title): \(reason)",
                    range: (source["path"] ?? source).range)
            ] : []
        return BuildJob(
            work: .nothing(BuildFailure(reason: reason, diagnostics: problems)),
            record: BuildRecord(kind, path: path, appliedBy: title), identity: identity)
    }

    private var identity: String { title + JSONWriter.string(spec.value) }

    private func job(_ path: String, _ source: PlacedNode, _ sources: [PlacedNode], _ note: Diagnostic.Note) -> BuildJob {
        var kind = BuildRecord.Kind.manifests
        let work: BuildJob.Work
        switch context.kind(of: path) {
        case .chart:
            kind = .chart
            work = chart(path, source, sources)
        case .kustomization:
            kind = .kustomization
            work = .kustomization(folder: path, edits: KustomizeOptions(source["kustomize"]).edits, isRestricted: true)
        case .manifests where source["plugin"] != nil:
            return nothing(.manifests, context.shown(path), source, "a plugin of Argo CD makes its manifests")
        case .manifests: work = .manifests(folder(path, source["directory"]))
        case .notFolder: return nothing(.manifests, context.shown(path), source, "it is no folder", isMistake: true)
        }
        var job = BuildJob(work: work, record: BuildRecord(kind, path: context.shown(path), appliedBy: title))
        job.notes = [note]
        job.namespace = spec.at("destination", "namespace")
        job.destination = (spec.at("destination", "server") ?? spec.at("destination", "name"))?.text.map { "argocd \($0)" }
        job.identity = identity
        return job
    }

    private func folder(_ path: String, _ options: PlacedNode?) -> ManifestFolder {
        var folder = ManifestFolder(path: path)
        folder.isRecursive = options?["recurse"]?.isTrue ?? false
        // `{a.yaml,b.yaml}` is one pattern; one without a slash fits paths from the folder on.
        if let include = options?["include"]?.text { folder.include = [PathGlob("/" + include)] }
        if let exclude = options?["exclude"]?.text { folder.exclude = [PathGlob("/" + exclude)] }
        return folder
    }

    // MARK: Helm

    private func chart(_ path: String, _ source: PlacedNode, _ sources: [PlacedNode]) -> BuildJob.Work {
        let helm = source["helm"]
        var chart = ChartJob(path: path)
        chart.releaseName = helm?["releaseName"]?.text ?? name
        chart.namespace = (helm?["namespace"] ?? spec.at("destination", "namespace"))?.text
        chart.skipsCRDs = helm?["skipCrds"]?.isTrue ?? false
        chart.kubeVersion = helm?["kubeVersion"]?.text
        chart.apiVersions = helm?["apiVersions"]?.items.compactMap(\.text) ?? []
        let isOptional = helm?["ignoreMissingValueFiles"]?.isTrue ?? false
        for item in helm?["valueFiles"]?.items ?? [] {
            guard let name = item.text.map({ expanded($0, source) }) else { continue }
            switch valuesFile(name, folder: path, source, sources) {
            case .success(let file): chart.layers.append(.file(file, isOptional: isOptional))
            case .failure(let failure):
                if isOptional { continue }
                return .nothing(failure)
            }
        }
        if let object = helm?["valuesObject"] {
            chart.layers.append(.map(object))
        } else if let text = helm?["values"], text.text != nil {
            chart.layers.append(.text(text))
        }
        for parameter in helm?["parameters"]?.items ?? [] {
            guard let name = parameter["name"]?.text else { continue }
            let value = expanded(parameter["value"]?.scalarText ?? "", source)
            let isList = value.hasPrefix("{") && value.hasSuffix("}")
            chart.layers.append(
                .set(
                    "\(name)=\(isList ? value : value.replacing(",", with: "\\,"))",
                    isText: parameter["forceString"]?.isTrue ?? false, parameter["value"] ?? parameter))
        }
        for parameter in helm?["fileParameters"]?.items ?? [] {
            guard let name = parameter["name"]?.text, let file = parameter["path"]?.text else { continue }
            chart.layers.append(.fileText(name: name, path: SlashPath.join(path, file), parameter))
        }
        return .chart(chart)
    }

    /// The file behind a name in `valueFiles`: `$values/…` is in the source of that name, `/…` in the repository.
    private func valuesFile(
        _ name: String, folder: String, _ source: PlacedNode, _ sources: [PlacedNode]
    ) -> Result<String, BuildFailure> {
        func unknown(_ reason: String) -> Result<String, BuildFailure> {
            .failure(BuildFailure(reason: reason, diagnostics: []))
        }
        if name.contains("://") { return unknown("the values file \(name) is remote and nothing is fetched") }
        var path = name
        var url = source["chart"] == nil ? source["repoURL"]?.text : nil
        if name.hasPrefix("$") {
            let parts = name.dropFirst().split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2, let reference = sources.first(where: { $0["ref"]?.text == parts[0] }) else {
                return unknown("no source is called \(name.prefix { $0 != "/" }), which the values file \(name) is in")
            }
            url = reference["repoURL"]?.text
            path = "/" + parts[1]
        }
        if !path.hasPrefix("/") {
            return .success(
                SlashPath.join(path.hasPrefix("/") || folder.hasSuffix(".tgz") ? FilePath.folder(of: folder) : folder, path))
        }
        switch context.repository.place(of: path, in: url, near: file) {
        case .here(let file): return .success(file)
        case .elsewhere: return unknown("the values file \(name) is in another repository")
        case .missing: return unknown("there is no values file \(name)")
        }
    }

    /// Variables of Argo CD's build environment.
    private func expanded(_ text: String, _ source: PlacedNode) -> String {
        guard text.contains("$ARGOCD_") || text.contains("${ARGOCD_") else { return text }
        let variables = [
            "ARGOCD_APP_NAMESPACE": spec.at("destination", "namespace")?.text, "ARGOCD_APP_NAME": name,
            "ARGOCD_APP_PROJECT_NAME": spec["project"]?.text, "ARGOCD_APP_SOURCE_PATH": source["path"]?.text,
            "ARGOCD_APP_SOURCE_REPO_URL": source["repoURL"]?.text,
            "ARGOCD_APP_SOURCE_TARGET_REVISION": source["targetRevision"]?.scalarText,
        ]
        var result = text
        for (name, value) in variables.sorted(by: { $0.key.utf8.count > $1.key.utf8.count }) {
            result = result.replacing("${\(name)}", with: value ?? "").replacing("$\(name)", with: value ?? "")
        }
        return result
    }
}

/// `spec.source.kustomize`: what Argo CD writes into a kustomization before it builds it (`kustomize edit`).
struct KustomizeOptions {
    private let options: PlacedNode?

    init(_ options: PlacedNode?) { self.options = options }

    var edits: Edits? {
        guard let options else { return nil }
        var fields = DocumentBuilder()
        for name in ["namePrefix", "nameSuffix", "namespace", "components", "patches", "commonAnnotations", "replicas"] {
            fields.add(name, options[name])
        }
        if let labels = options["commonLabels"] {
            if options["labelWithoutSelector"]?.isTrue == true {
                let members = [
                    ("pairs", labels), ("includeSelectors", fields.flag(false, at: labels)),
                    ("includeTemplates", fields.flag(options["labelIncludeTemplates"]?.isTrue ?? false, at: labels)),
                ]
                fields.add("labels", fields.list([fields.mapping(members, at: labels)], at: labels))
            } else {
                fields.add("commonLabels", labels)
            }
        }
        if let images = options["images"] {
            fields.add("images", fields.list(images.items.compactMap { image($0, fields) }, at: images))
        }
        if fields.isEmpty { return nil }
        var edits = Edits()
        edits.fields = fields.document(at: options)
        return edits
    }

    /// `name=other:tag`, `name:tag`, `name@digest` as an entry of `images`.
    private func image(_ item: PlacedNode, _ builder: DocumentBuilder) -> PlacedNode? {
        guard let text = item.text else { return nil }
        let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard let last = sides.last, !last.isEmpty else { return nil }
        var name = last, version: (key: String, text: String)?
        if let at = last.firstIndex(of: "@") {
            (name, version) = (String(last[..<at]), ("digest", String(last[last.index(after: at)...])))
        } else if let colon = last.lastIndex(of: ":"), !last[colon...].contains("/") {
            (name, version) = (String(last[..<colon]), ("newTag", String(last[last.index(after: colon)...])))
        }
        var members = [("name", builder.text(sides.count == 2 ? sides[0] : name, at: item))]
        if sides.count == 2 { members.append(("newName", builder.text(name, at: item))) }
        if let version { members.append((version.key, builder.text(version.text, at: item))) }
        return builder.mapping(members, at: item)
    }
}
