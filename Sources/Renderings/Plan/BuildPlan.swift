import Diagnostics
import Documents
import Helm
import Inputs
import Kustomize
import Synchronization

/// Decides what is built, and builds it: first what stands on its own, then what objects among it apply, and so on.
struct BuildPlan {
    struct Built {
        var job: BuildJob
        var contents: ResourceReader.Contents
        var isFocused = false
        /// The plain file of the object that applies it, as reports show it; nil for what stands on its own or is applied
        /// by what another build made.
        var appliedIn: String?
        /// What the build is known by.
        var key = ""
        /// The files that it used; absolute.
        var used: Set<String> = []
    }

    let settings: BuildSettings
    let sources: SourceMap
    let inputs: [InputFile]
    var index: RepositoryFiles
    private var context: DeployerContext
    private(set) var built: [Built] = []
    /// What could not be looked at.
    private(set) var problems: [Diagnostic] = []
    /// The files that builds used; absolute.
    private(set) var used: Set<String> = []
    /// Roots that are built only because a file that was named feeds them; absolute.
    private var focused: Set<String> = []
    private var known: Set<String> = []
    /// Builds that an object in a file asked for and the same object as built asked for again, with its destination.
    private var confirmed: [String: String?] = [:]
    private var links: [String: FolderLinks] = [:]
    private var disk: DiskFiles { settings.disk }

    /// Folders outside a repository that are looked through for what uses a file: the working folder may be anything.
    private static let mostLooseFolders = 2_000

    /// More builds that objects ask for are not made.
    private static let mostBuilds = 5_000

    init(_ files: [InputFile], _ arguments: [String], _ settings: BuildSettings, _ sources: SourceMap) {
        (self.settings, self.sources, inputs) = (settings, sources, files)
        index = RepositoryFiles(files, jobs: settings.jobs)
        context = DeployerContext(settings: settings, repository: Repository(settings, arguments: arguments))
        for folder in index.kustomizations { links[folder] = kustomizer.links(of: folder) }
    }

    private var kustomizer: Kustomizer {
        Kustomizer(BuildRunner(settings: settings, sources: sources).options, files: disk)
    }

    // MARK: Single files

    /// Adds the kustomizations and charts of the repository that the named files feed, so that a file is judged as what
    /// becomes of it.
    mutating func widen(to named: [InputFile], _ focus: inout RepositoryBuilds.Focus) {
        var wanted: [String: InputFile] = [:]
        for file in named where !KustomizationFile.names.contains(String(FilePath.name(of: file.path))) {
            if let path = disk.resolve(file.path)?.path, FilePath.name(of: path) != "Chart.yaml" { wanted[path] = file }
        }
        if wanted.isEmpty { return }
        // Findings name a file by its own path, however it was named: by a link too.
        let names = { [settings] (path: String, file: InputFile) in
            [file.shownPath, SlashPath.relative(path, to: settings.workingFolder)]
        }
        for (path, file) in wanted {
            if let chart = Self.chart(around: path), !index.charts.contains(chart) {
                index.charts.append(chart)
                focused.insert(chart)
                focus.files.formUnion(names(path, file))
            }
        }
        guard let first = wanted.keys.first else { return }
        let repository = Repository.gitRoot(above: FilePath.folder(of: first)), top = repository ?? settings.workingFolder
        if !first.hasPrefix(top) { return }
        let folders = kustomizations(below: top, near: repository == nil ? Array(wanted.keys) : [])
        var others: [String: FolderLinks] = [:]
        for folder in Set(folders) where links[folder] == nil { others[folder] = kustomizer.links(of: folder) }
        // Folders that a named file feeds, at once or through others.
        var feeding: Set<String> = []
        for (folder, links) in others {
            for path in links.files + links.patches {
                guard let file = wanted[path] else { continue }
                feeding.insert(folder)
                focus.files.formUnion(names(path, file))
            }
        }
        while true {
            let more = others.filter { !feeding.contains($0) && !feeding.isDisjoint(with: $1.folders) }.keys
            if more.isEmpty { break }
            feeding.formUnion(more)
        }
        for folder in feeding.sorted() {
            index.kustomizations.append(folder)
            links[folder] = others[folder]
            focused.insert(folder)
        }
    }

    /// The folders of kustomizations in a repository, or in the working folder where there is none: there with those
    /// around the files first, and not without end.
    private mutating func kustomizations(below top: String, near files: [String]) -> [String] {
        var discovery = FileDiscovery(suffixes: [])
        discovery.names = KustomizationFile.names
        var places: [String] = []
        for file in files.sorted() {
            var folder = FilePath.folder(of: file)
            while folder.count > top.count, !places.contains(folder) {
                places.append(folder)
                folder = FilePath.folder(of: folder)
            }
        }
        if !files.isEmpty { discovery.mostFolders = Self.mostLooseFolders }
        let found = discovery.files(at: places + [top])
        if !found.isComplete {
            problems.append(
                Diagnostic(
                    code: "builds_not_found", severity: .warning,
                    message: "\(top) is in no git repository, and only \(Self.mostLooseFolders) of its folders were searched for"
                        + " kustomizations that use the named files",
                    hint: "run lintel in a smaller folder, or name the overlay instead"))
        }
        return found.files.compactMap { disk.resolve(FilePath.folder(of: $0.path))?.path }
    }

    /// The chart that a file in `templates`, or its values, belongs to; nil for any other file.
    private static func chart(around path: String) -> String? {
        var folder = FilePath.folder(of: path)
        var found: String?
        var isTemplate = false
        while folder != "/", folder != "." {
            if FilePath.name(of: folder) == "templates" || FilePath.name(of: folder) == "crds" { isTemplate = true }
            if (try? FileSystem.status(of: FilePath.join(folder, "Chart.yaml"))) != nil { found = folder }
            folder = FilePath.folder(of: folder)
        }
        return isTemplate || FilePath.name(of: path) == "values.yaml" ? found : nil
    }

    // MARK: Order

    mutating func run() {
        let usedFolders = Set(links.values.flatMap(\.folders))
        var roots = index.kustomizations.filter { folder in
            links[folder]?.isComponent != true && (settings.judgesBases || !usedFolders.contains(folder))
        }
        roots += cyclic(beside: roots)
        let raw = readDeployers()
        for resource in raw { context.objects.add(resource) }
        addReferredObjects(raw)
        let claimed = Set(raw.flatMap { jobs(of: $0, destination: nil) }.flatMap(\.places))
        build(roots.filter { !claimed.contains($0) }.map(kustomization) + charts(usedFolders))
        // What stands in files that feed a build counts as it is built.
        var waiting = raw.filter { !isUsed($0.path) }.map { Deployer(resource: $0, destination: nil, isRaw: true) }
        waiting += deployers(in: built.indices)
        while !waiting.isEmpty, built.count < Self.mostBuilds {
            var next: [(job: BuildJob, file: String?)] = []
            for deployer in waiting {
                for job in jobs(of: deployer.resource, destination: deployer.destination) {
                    if known.insert(job.key).inserted {
                        next.append((job, deployer.isRaw ? deployer.resource.path : nil))
                    } else if !deployer.isRaw {
                        confirmed[job.key] = deployer.destination
                    }
                }
            }
            let first = built.count
            build(next.map(\.job), appliedIn: next.map(\.file))
            waiting = deployers(in: first..<built.count)
        }
        dropRepetitions()
        let places = Set(built.flatMap(\.job.places))
        build(roots.filter { claimed.contains($0) && !places.contains($0) }.map(kustomization))
        if settings.findsMistakes { addMistakes() }
    }

    /// Adds what is wrong with charts as they are written to what is built of them.
    private mutating func addMistakes() {
        let builder = ChartBuilder(settings: settings, sources: sources)
        for path in index.charts {
            if settings.stop?.isStopped ?? false { return }
            let jobs = built.compactMap { build -> ChartJob? in
                guard case .chart(let job) = build.job.work, job.path == path else { return nil }
                return job
            }
            // A chart that only kustomizations render has no build of its own.
            guard let target = built.firstIndex(where: { $0.job.place == path }) ?? built.indices.first,
                let document = builder.mistakes(in: path, jobs)
            else { continue }
            let file = FilePath.join(SlashPath.relative(path, to: settings.workingFolder), "Chart.yaml")
            built[target].contents.resources += ResourceReader().read(document, path: file).resources
        }
    }

    /// One of each circle of kustomizations that use each other and that nothing else uses: its build tells the mistake.
    private func cyclic(beside roots: [String]) -> [String] {
        var reached: Set<String> = [], found: [String] = []
        func reach(_ folder: String) {
            var waiting = [folder]
            while let next = waiting.popLast() {
                if reached.insert(next).inserted { waiting += links[next]?.folders ?? [] }
            }
        }
        for root in roots { reach(root) }
        for folder in index.kustomizations where links[folder]?.isComponent != true && !reached.contains(folder) {
            found.append(folder)
            reach(folder)
        }
        return found
    }

    /// An object that applies something.
    private struct Deployer {
        var resource: Resource
        var destination: String?
        /// Whether it stands in a file as it is.
        var isRaw: Bool
    }

    private func isUsed(_ shown: String) -> Bool { used.contains(SlashPath.join(settings.workingFolder, shown)) }

    /// Of an object in a file that another build turned out to use only what that build makes of it counts.
    private mutating func dropRepetitions() {
        for index in built.indices {
            guard let destination = confirmed[built[index].key] else { continue }
            built[index].appliedIn = nil
            built[index].contents.destination = destination ?? built[index].contents.destination
        }
        let others = built
        built = others.filter { build in
            guard let file = build.appliedIn.map({ SlashPath.join(settings.workingFolder, $0) }) else { return true }
            return !others.contains { $0.key != build.key && $0.used.contains(file) }
        }
    }

    private func kustomization(_ folder: String) -> BuildJob {
        let shown = SlashPath.relative(folder, to: settings.workingFolder)
        return BuildJob(
            work: .kustomization(folder: folder, edits: nil, isRestricted: true), record: BuildRecord(.kustomization, path: shown)
        )
    }

    /// The charts with their defaults and each further set of values; with what was given alone when something was.
    private func charts(_ usedFolders: Set<String>) -> [BuildJob] {
        index.charts.flatMap { path -> [BuildJob] in
            let shown = SlashPath.relative(path, to: settings.workingFolder)
            var chart = ChartJob(path: path)
            (chart.releaseName, chart.namespace) = (settings.given.releaseName, settings.given.namespace)
            if settings.given.hasValues {
                chart.layers = [.given(settings.given)]
                return [BuildJob(work: .chart(chart), record: BuildRecord(.chart, path: shown))]
            }
            // A chart that a kustomization renders is rendered as that says.
            if usedFolders.contains(path) { return [] }
            var jobs = [BuildJob(work: .chart(chart), record: BuildRecord(.chart, path: shown))]
            for set in valueSets(path, shown) {
                var chart = chart
                chart.layers = set.files.map { .file(SlashPath.join(settings.workingFolder, $0), isOptional: false) }
                chart.remark = " with \(set.name)"
                jobs.append(BuildJob(work: .chart(chart), record: BuildRecord(.chart, path: shown, values: set.name)))
            }
            return jobs
        }
    }

    private func valueSets(_ path: String, _ shown: String) -> [BuildSettings.ValueSet] {
        let folder = FilePath.join(path, "ci")
        let names = ((try? FileSystem.names(in: folder)) ?? []).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        let own = names.map { BuildSettings.ValueSet(name: FilePath.join(shown, "ci/\($0)"), files: [FilePath.join(folder, $0)]) }
        return own + (settings.valueSets[path] ?? [])
    }

    // MARK: Building

    private mutating func build(_ jobs: [BuildJob], appliedIn files: [String?] = []) {
        if jobs.isEmpty { return }
        let runner = BuildRunner(settings: settings, sources: sources)
        let results = Mutex<[(index: Int, result: Result<BuildProduct, BuildFailure>)]>([])
        let next = Atomic<Int>(0)
        let stop = settings.stop
        WorkerPool.run(jobs: min(settings.jobs, jobs.count)) {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= jobs.count || stop?.isStopped ?? false { return }
                let result = runner.run(jobs[index])
                results.withLock { $0.append((index, result)) }
            }
        }
        let found = Dictionary(uniqueKeysWithValues: results.withLock { $0 }.map { ($0.index, $0.result) })
        let ended = BuildFailure(reason: "the run was ended before", diagnostics: [])
        for (index, job) in jobs.enumerated() {
            add(job, found[index] ?? .failure(ended), files.isEmpty ? nil : files[index])
        }
        mendCharts(first: built.count - jobs.count)
    }

    private mutating func add(_ job: BuildJob, _ result: Result<BuildProduct, BuildFailure>, _ file: String?) {
        var job = job, contents = ResourceReader.Contents()
        contents.destination = job.destination
        contents.isAddition = job.record.kind == .chart && job.record.appliedBy.isEmpty
        switch result {
        case .success(let product):
            used.formUnion(product.used)
            contents.diagnostics = product.warnings
            for (document, path) in product.documents {
                contents.resources += ResourceReader().read(placed(document, job.namespace), path: path).resources
            }
            job.record.objects = contents.resources.count
        case .failure(let failure):
            job.record.reason = failure.reason.isEmpty ? "it cannot be built" : failure.reason
            contents.diagnostics = failure.diagnostics
            if job.place != nil { explain(job, &contents) }
        }
        let isFocused = job.place.map(focused.contains) ?? false
        var build = Built(job: job, contents: contents, isFocused: isFocused, appliedIn: file, key: job.key)
        if case .success(let product) = result { build.used = product.used }
        built.append(build)
    }

    /// An object in the namespace that it is applied to when it names none.
    private func placed(_ document: Document, _ namespace: PlacedNode?) -> Document {
        guard let namespace, let name = namespace.text else { return document }
        let root = document.root
        guard root.kind == .object, let version = root.field("apiVersion").stringValue, let kind = root.field("kind").stringValue,
            !kind.hasSuffix("List"), root.field("metadata").kind == .object,
            root.field("metadata").field("namespace").isUndefined,
            !ClusterScope.contains(GroupVersionKind(apiVersion: version, kind: kind).groupKind)
        else { return document }
        return document.inNamespace(name, at: namespace)
    }

    /// Says beside a build that failed what becomes of its files.
    private func explain(_ job: BuildJob, _ contents: inout ResourceReader.Contents) {
        for index in contents.diagnostics.indices where job.record.kind == .kustomization {
            contents.diagnostics[index].notes.append(
                Diagnostic.Note("the kustomization is not built: its files are checked as they are, its patches not at all"))
        }
    }

    /// A chart that renders with some values need not with its defaults. One that renders with none has its templates
    /// skipped; that is a warning, because the values that it needs are not known, unless its files are broken.
    private mutating func mendCharts(first: Int) {
        let rendered = Set(built.filter { $0.job.record.kind == .chart && $0.job.record.isBuilt }.compactMap(\.job.place))
        for index in first..<built.count where built[index].job.record.kind == .chart && !built[index].job.record.isBuilt {
            guard let path = built[index].job.place, built[index].job.record.appliedBy.isEmpty else { continue }
            let isDefault = built[index].job.record.values.isEmpty && !settings.given.hasValues
            if rendered.contains(path), isDefault {
                built[index].contents.diagnostics = []
                continue
            }
            for problem in built[index].contents.diagnostics.indices
            where built[index].contents.diagnostics[problem].code == HelmProblem.renderCode {
                built[index].contents.diagnostics[problem].severity = .warning
                if built[index].contents.diagnostics[problem].hint == nil {
                    built[index].contents.diagnostics[problem].hint = "name values that it needs with --values or --set"
                }
            }
            if rendered.contains(path) { continue }
            built[index].contents.skipped = [
                SkippedDocument(
                    path: FilePath.join(built[index].job.record.path, "Chart.yaml"), documentIndex: 0, line: 1,
                    reason: .helmTemplate)
            ]
        }
    }

    // MARK: Deployers

    /// The objects in files that apply others, and the sources they refer to.
    private func readDeployers() -> [Resource] {
        index.deployers.flatMap { file in
            objects(in: file).filter {
                Self.isDeployer($0) || $0.type.group == FluxSource.group
            }
        }
    }

    private func objects(in file: InputFile) -> [Resource] {
        let reader = ResourceReader(sources: sources)
        if let text = disk.text(file.path), let source = try? sources.source(path: file.shownPath, bytes: text) {
            return reader.read(source).resources
        }
        return reader.read(file).resources
    }

    private static func isDeployer(_ resource: Resource) -> Bool {
        switch (resource.type.group, resource.type.kind) {
        case (ArgoApplication.group, "Application"), (ArgoApplication.group, "ApplicationSet"),
            (FluxKustomization.group, "Kustomization"), (HelmReleaseReader.group, "HelmRelease"):
            true
        default: false
        }
    }

    private mutating func deployers(in range: Range<Int>) -> [Deployer] {
        var found: [Deployer] = []
        for index in range {
            for resource in built[index].contents.resources {
                if resource.type.group == FluxSource.group || ["ConfigMap", "Secret"].contains(resource.type.kind) {
                    context.objects.add(resource)
                }
                if Self.isDeployer(resource) {
                    found.append(Deployer(resource: resource, destination: built[index].job.destination, isRaw: false))
                }
            }
        }
        return found
    }

    /// ConfigMaps and Secrets in plain files that deployers take values from.
    private mutating func addReferredObjects(_ deployers: [Resource]) {
        var names: Set<String> = []
        for resource in deployers {
            let root = resource.node
            let lists = [root.at("spec", "valuesFrom"), root.at("spec", "postBuild", "substituteFrom")]
            for item in lists.flatMap({ $0?.items ?? [] }) {
                if let name = item["name"]?.text { names.insert(name) }
            }
        }
        if names.isEmpty { return }
        for file in RepositoryFiles.naming(Array(names), inputs.filter { $0.path != "-" }, jobs: settings.jobs) {
            for resource in objects(in: file)
            where ["ConfigMap", "Secret"].contains(resource.type.kind) && names.contains(resource.name) {
                context.objects.add(resource)
            }
        }
    }

    private func jobs(of resource: Resource, destination: String?) -> [BuildJob] {
        let (node, file) = (resource.node, resource.path)
        switch (resource.type.group, resource.type.kind) {
        case (ArgoApplication.group, "Application"): return ArgoApplication(node, file: file, context)?.jobs() ?? []
        case (ArgoApplication.group, "ApplicationSet"): return ApplicationSet(node, file: file, context)?.jobs() ?? []
        case (FluxKustomization.group, "Kustomization"):
            return FluxKustomization(node, file: file, destination: destination, context).map { [$0.job()] } ?? []
        case (HelmReleaseReader.group, "HelmRelease"):
            return HelmReleaseReader(node, file: file, destination: destination, context).map { [$0.job()] } ?? []
        default: return []
        }
    }

    // MARK: Files

    /// The files without some, and without patches that a kustomization names: those are parts of objects.
    func without(_ used: Set<String>, _ files: [InputFile]) -> [InputFile] {
        var resources: Set<String> = [], patches: Set<String> = []
        for links in links.values {
            patches.formUnion(links.patches)
            resources.formUnion(links.files)
        }
        patches.subtract(resources)
        let left = used.union(patches)
        if left.isEmpty { return files }
        return files.filter { file in
            file.path == "-" || KustomizationFile.names.contains(String(FilePath.name(of: file.path)))
                || FilePath.name(of: file.path) == "Chart.yaml" || FilePath.name(of: file.path).hasPrefix("values")
                || !left.contains(disk.resolve(file.path)?.path ?? file.path)
        }
    }
}
