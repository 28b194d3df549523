import Diagnostics
import Documents
import Inputs
import Kustomize

/// What a Flux `HelmRelease` has rendered, by the rules of its helm-controller.
struct HelmReleaseReader {
    static let group = "helm.toolkit.fluxcd.io"

    private let root: PlacedNode
    private let spec: PlacedNode
    private let file: String
    private let name: String
    private let namespace: String?
    private let destination: String?
    private let context: DeployerContext

    init?(_ root: PlacedNode, file: String, destination: String?, _ context: DeployerContext) {
        guard let spec = root["spec"], let name = root.at("metadata", "name")?.text else { return nil }
        (self.root, self.spec, self.file, self.name, self.context) = (root, spec, file, name, context)
        self.destination = destination
        namespace = root.at("metadata", "namespace")?.text
    }

    private var title: String { "HelmRelease \(namespace.map { "\($0)/" } ?? "")\(name)" }

    /// A chart that is found, or why none is.
    private enum Chart {
        case here(String, valuesFiles: [PlacedNode], at: PlacedNode)
        case missing(String, reason: String, mistake: PlacedNode?)
    }

    func job() -> BuildJob {
        var job = BuildJob(
            work: .nothing(BuildFailure(reason: "", diagnostics: [])), record: BuildRecord(.chart, path: "", appliedBy: title))
        job.identity = title + JSONWriter.string(spec.value)
        job.destination = destination ?? "flux \(FilePath.folder(of: file))"
        switch chart {
        case .missing(let path, let reason, let mistake):
            job.record.path = path
            let problems = mistake.map {
                [Diagnostic(code: "deployment_source", severity: .warning, message: "\(title): \(reason)", range: $0.range)]
            }
            job.work = .nothing(BuildFailure(reason: reason, diagnostics: problems ?? []))
        case .here(let path, let valuesFiles, let node):
            job.record.path = context.shown(path)
            job.notes = [Diagnostic.Note("applied by \(title)", range: node.range)]
            job.namespace = spec["targetNamespace"] ?? root.at("metadata", "namespace")
            job.work = .chart(release(path, valuesFiles))
        }
        return job
    }

    private var chart: Chart {
        if let reference = spec["chartRef"] {
            let source = FluxSource(reference, namespace: namespace, file: file, context)
            guard let object = source.object else {
                return .missing(reference["name"]?.text ?? "", reason: "its source is not in this repository", mistake: nil)
            }
            if source.kind == "HelmChart", let inner = object["spec"] { return chart(inner) }
            let url = object.at("spec", "url")?.text ?? ""
            let chart = String(url.split(separator: "/").last ?? "")
            if let local = context.localChart(chart, in: String(url.dropLast(chart.utf8.count))) {
                return .here(local, valuesFiles: [], at: reference)
            }
            return .missing(url, reason: Self.registry, mistake: nil)
        }
        guard let inner = spec.at("chart", "spec") else { return .missing(name, reason: "it names no chart", mistake: nil) }
        return chart(inner)
    }

    private static let registry =
        "the chart lives in a registry and nothing is fetched: name a local copy under charts: in lintel.yaml"

    /// The chart of a `HelmChart` or of the template of one.
    private func chart(_ spec: PlacedNode) -> Chart {
        guard let chart = spec["chart"], let name = chart.text else {
            return .missing(name, reason: "it names no chart", mistake: nil)
        }
        let source = FluxSource(spec["sourceRef"], namespace: namespace, file: file, context)
        let files = spec["valuesFiles"]?.items ?? spec["valuesFile"].map { [$0] } ?? []
        if source.kind == "HelmRepository" || source.kind == "OCIRepository" {
            if let local = context.localChart(name, in: source.url) { return .here(local, valuesFiles: files, at: chart) }
            return .missing("\(source.url.map { "\($0)/" } ?? "")\(name)", reason: Self.registry, mistake: nil)
        }
        switch source.place(of: name) {
        case .here(let path): return .here(path, valuesFiles: files, at: chart)
        case .elsewhere: return .missing(name, reason: "its source is not this repository", mistake: nil)
        case .missing: return .missing(name, reason: "there is no \(name) in this repository", mistake: chart)
        }
    }

    private func release(_ path: String, _ valuesFiles: [PlacedNode]) -> ChartJob {
        var chart = ChartJob(path: path)
        let target = spec["targetNamespace"]?.text
        chart.releaseName = spec["releaseName"]?.text ?? target.map { "\($0)-\(name)" } ?? name
        chart.namespace = target ?? namespace
        chart.skipsCRDs = spec.at("install", "crds")?.text == "Skip"
        // The files take the place of the chart's own values; they are named from the root of the source.
        if !valuesFiles.isEmpty {
            chart.leavesDefaultsOut = true
            for node in valuesFiles {
                guard let name = node.text else { continue }
                let inside = FilePath.join(path, name)
                if (try? FileSystem.status(of: inside)) != nil {
                    chart.layers.append(.file(inside, isOptional: false))
                } else if case .here(let found) = context.repository.place(of: name, in: nil, near: file) {
                    chart.layers.append(.file(found, isOptional: false))
                }
            }
        }
        for source in spec["valuesFrom"]?.items ?? [] { add(source, to: &chart) }
        if let values = spec["values"] { chart.layers.append(.map(values)) }
        chart.postRenderer = postRenderer
        return chart
    }

    private func add(_ source: PlacedNode, to chart: inout ChartJob) {
        guard let kind = source["kind"]?.text, let name = source["name"]?.text else { return }
        let key = source["valuesKey"]?.text ?? "values.yaml"
        let found = context.objects.find("", kind, namespace, name, near: file)?.node
        guard let found, let text = FluxData(found).texts.first(where: { $0.key == key })?.value.text, !text.hasPrefix("ENC[")
        else {
            chart.remark += " without \(key) of \(kind) \(name)"
            return
        }
        let node = FluxData(found).node(key)
        if let target = source["targetPath"]?.text {
            chart.layers.append(.set("\(target)=\(text)", isText: false, node ?? source))
        } else if let node {
            chart.layers.append(.text(node))
        } else {
            chart.layers.append(.text(PlacedNode(Document { $0.string(text) })))
        }
    }

    /// The kustomizations after the rendering, as one.
    private var postRenderer: Edits? {
        let steps = (spec["postRenderers"]?.items ?? []).compactMap { $0["kustomize"] }
        let metadata = spec["commonMetadata"]
        guard let place = steps.first ?? metadata else { return nil }
        var fields = DocumentBuilder()
        for name in ["patches", "images"] {
            let items = steps.flatMap { $0[name]?.items ?? [] }
            if !items.isEmpty { fields.add(name, fields.list(items, at: place)) }
        }
        let chart = fields.mapping([("name", fields.text("rendered", at: place))], at: place)
        fields.add("helmCharts", fields.list([chart], at: place))
        var edits = Edits()
        edits.fields = fields.document(at: place)
        if let metadata {
            var members = DocumentBuilder()
            for name in ["labels", "annotations"] { members.add(name, metadata[name]) }
            if !members.isEmpty { edits.metadata = members.document(at: metadata) }
        }
        return edits
    }
}
