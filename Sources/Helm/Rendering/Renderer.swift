package import GoTemplate
import Text

/// What a rendering is asked for.
package struct RenderSettings {
    package var releaseName = "release-name"
    package var namespace = "default"
    package var isUpgrade = false
    package var capabilities = ClusterCapabilities.standard
    /// The instant that `now` gives.
    package var now = Moment(seconds: 0, nanoseconds: 0)
    /// Makes what is random repeatable; nil for results that differ between runs.
    package var seed: UInt64?
    /// Whether a key that everybody knows may stand for a new one: where nobody uses what is rendered, only its form counts.
    package var usesKnownKey = false
    /// Values on top of the chart's own.
    package var values: GoMap = GoMap()
    /// Objects that `lookup` finds.
    package var cluster: [GoMap] = []
    package var functions = FunctionTable.core
    /// Whether what was parsed lives as long as the release: a process that ends then need not take it apart.
    package var keepsTemplates = false
    package var skipsSchema = false
    package var includesCRDs = false
    package var limits = TemplateRun.Limits()
    /// Asked now and then whether the rendering must stop.
    package var isCancelled: () -> Bool = { false }
    /// Called with file number and offset of each piece of a template that runs.
    package var visit: ((Int32, Int) -> Void)?

    package init() {}
}

/// The text that one template file gave, with its origin.
struct RenderedFile {
    /// The name from the root chart down.
    var name: String
    var bytes: [UInt8]
    var trace: Trace?
}

/// Renders the templates of a chart and the charts below it (Helm's `engine`).
struct Renderer {
    let options: RenderSettings
    let sources: ChartSources

    /// A file with a template and what it is run with.
    private struct Entry {
        var name: String
        var file: ChartFile
        var scope: GoMap
        var folder: String
    }

    /// Renders with values that are already put together. Files whose names begin with `_` give nothing of their own.
    /// - Throws: `HelmProblem`.
    func render(_ chart: Chart, _ values: GoMap) throws -> [RenderedFile] {
        let top = GoMap([
            ("Capabilities", options.capabilities.value), ("Values", .values(values)), ("Release", .map(release)),
        ])
        var entries: [Entry] = []
        _ = collect(chart, top, &entries)
        return try render(entries)
    }

    private var release: GoMap {
        GoMap([
            ("Name", .string(options.releaseName)), ("Namespace", .string(options.namespace)),
            ("IsUpgrade", .bool(options.isUpgrade)), ("IsInstall", .bool(!options.isUpgrade)), ("Revision", .int(1)),
            ("Service", .string("Helm")),
        ])
    }

    /// The templates of a chart, each with the values that the chart sees.
    private func collect(_ chart: Chart, _ outer: GoMap, _ entries: inout [Entry]) -> GoMap {
        let scope = GoMap()
        let subcharts = GoMap()
        scope["Chart"] = chart.metadata.value(isRoot: chart.isRoot)
        scope["Files"] = GoValue(.object(FilesObject(chart.files, sources)))
        scope["Release"] = outer["Release"]
        scope["Capabilities"] = outer["Capabilities"]
        scope["Subcharts"] = .map(subcharts)
        let values = outer["Values"]?.asMap
        scope["Values"] = .values(chart.isRoot ? values ?? GoMap() : values?[chart.name]?.asMap ?? GoMap())
        for child in chart.dependencies { subcharts[child.name] = .map(collect(child, scope, &entries)) }
        let path = chart.fullPath
        for file in chart.templates {
            if chart.isLibrary, !PathFunctions.base(file.name).hasPrefix("_") { continue }
            entries.append(
                Entry(name: path + "/" + file.name, file: file, scope: scope, folder: path + "/templates"))
        }
        return scope
    }

    private func render(_ unsorted: [Entry]) throws -> [RenderedFile] {
        // Deeper files first, so that templates of charts further up win.
        let depth = { (name: String) in name.utf8.count { $0 == UInt8(ascii: "/") } }
        let entries = unsorted.map { (entry: $0, depth: depth($0.name)) }.sorted {
            $0.depth != $1.depth ? $0.depth > $1.depth : ExactText.precedes($1.entry.name, $0.entry.name)
        }.map(\.entry)
        var set = TemplateSet(functions: options.functions)
        set.keepsOrigins = sources.isOn
        set.maximumNesting = 1000
        for entry in entries {
            let source = TemplateSource(
                name: entry.name, bytes: entry.file.bytes, file: sources.number(entry.file) ?? -1)
            do throws(TemplateProblem) {
                try set.parse(source)
            } catch {
                throw ExecutionMessage.parsing(error, entry.name)
            }
        }
        let run = TemplateRun(set, keepsOrigins: sources.isOn, limits: options.limits)
        if options.keepsTemplates { sources.kept = run }
        run.valuesMethods = ValuesObject.methods
        let state = RenderState(now: options.now, seed: options.seed, cluster: options.cluster)
        state.usesKnownKey = options.usesKnownKey
        run.owner = state
        run.isCancelled = options.isCancelled
        if let visit = options.visit { run.visit = { visit($0.file, $1) } }
        var rendered: [RenderedFile] = []
        for entry in entries where !PathFunctions.base(entry.name).hasPrefix("_") {
            entry.scope["Template"] = .values(GoMap([("Name", .string(entry.name)), ("BasePath", .string(entry.folder))]))
            guard let body = set[entry.name] else { continue }
            do {
                let (bytes, trace) = try run.execute(body, .values(entry.scope))
                let (text, moved) = NoValue.removed(bytes, trace)
                rendered.append(RenderedFile(name: entry.name, bytes: text, trace: moved))
            } catch let problem as TemplateProblem {
                throw ExecutionMessage.running(problem)
            }
        }
        return rendered
    }
}
