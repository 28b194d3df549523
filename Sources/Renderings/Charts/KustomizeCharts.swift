package import Diagnostics
package import Documents
package import GoTemplate
import Helm
import Inputs
package import Kustomize

/// Renders the charts of `helmCharts` from the folders that kustomize would have pulled them into; nothing is fetched.
package struct KustomizeCharts: ChartRenderer {
    private let functions: @Sendable () -> [String: TemplateFunction]
    private let workingFolder: String
    /// Charts elsewhere on this machine, by name or by `repository/name`.
    private let localCharts: [String: String]
    private let store: any ChartStore
    private let bounds: RenderBounds
    private let visits: TemplateVisits?
    private let isForUse: Bool

    /// - Parameters:
    ///   - functions: makes the table of the functions that templates may call.
    ///   - store: where charts and values files are.
    ///   - visits: keeps what of the templates is run.
    ///   - isForUse: whether somebody may apply the result, so that new keys have to be new.
    package init(
        functions: @escaping @Sendable () -> [String: TemplateFunction], workingFolder: String,
        localCharts: [String: String] = [:], store: any ChartStore = DiskCharts(), bounds: RenderBounds = RenderBounds(),
        visits: TemplateVisits? = nil, isForUse: Bool = false
    ) {
        (self.functions, self.workingFolder, self.localCharts) = (functions, workingFolder, localCharts)
        (self.store, self.bounds, self.visits) = (store, bounds, visits)
        self.isForUse = isForUse
    }

    package func manifests(
        of chart: Document, in folder: String, sources: SourceMap
    ) -> Result<ChartText, ChartFailure> {
        do {
            return .success(try ChartThread.run { try render(PlacedNode(chart), folder, sources) })
        } catch let failure as ChartFailure {
            return .failure(failure)
        } catch let problem as HelmProblem {
            return .failure(ChartFailure(message: "the chart is not rendered: \(problem.message)", hint: problem.hint))
        } catch {
            return .failure(ChartFailure(message: "the chart is not rendered: \(error)"))
        }
    }

    private func render(_ chart: PlacedNode, _ folder: String, _ sources: SourceMap) throws -> ChartText {
        guard let name = (chart["name"] ?? chart["chartName"])?.text else {
            throw ChartFailure(message: "chart name cannot be empty")
        }
        let path = try place(of: name, chart, folder)
        let table = ChartSources(isOn: true)
        var render = RenderSettings()
        render.releaseName = chart["releaseName"]?.text ?? chart["nameTemplate"]?.text ?? "release-name"
        if let namespace = (chart["namespace"] ?? chart["releaseNamespace"])?.text { render.namespace = namespace }
        if let version = chart["kubeVersion"]?.text { try render.capabilities.setKubeVersion(version) }
        render.capabilities.apiVersions += chart["apiVersions"]?.items.compactMap(\.text) ?? []
        render.includesCRDs = chart["includeCRDs"]?.isTrue ?? false
        render.functions = functions()
        (render.now, render.seed) = (Moment(seconds: 1_735_689_600, nanoseconds: 0), 1)
        render.usesKnownKey = !isForUse
        render.values = try values(chart, folder, path, table)
        (render.limits, render.isCancelled) = (bounds.limits, bounds.isCancelled)
        let files = try store.chart(at: path, shown: SlashPath.relative(path, to: workingFolder))
        visits?.add(path, shown: SlashPath.relative(path, to: workingFolder), files)
        let visited = TemplateVisits.Rendering()
        if visits != nil { render.visit = visited.visit }
        let release = try ChartRelease(files, render, table)
        visits?.add(path, values: "kustomization \(SlashPath.relative(folder, to: workingFolder))", visited, table)
        let text = try release.placedText(
            in: sources, hooks: !(chart["skipHooks"]?.isTrue ?? false), skipsTests: chart["skipTests"]?.isTrue ?? false)
        return ChartText(bytes: text.bytes, files: text.files, place: text.place)
    }

    /// Where the chart is: kustomize keeps what it pulled under the name and the version.
    private func place(of name: String, _ chart: PlacedNode, _ folder: String) throws -> String {
        let home = SlashPath.join(folder, chart["chartHome"]?.text ?? "charts")
        let version = chart["version"]?.scalarText ?? ""
        let repository = (chart["repo"] ?? chart["chartRepo"])?.text
        var candidates: [String] = []
        if !version.isEmpty {
            candidates += ["\(home)/\(name)-\(version)/\(name)", "\(home)/\(name)-\(version)", "\(home)/\(name)-\(version).tgz"]
        }
        candidates += ["\(home)/\(name)"]
        for key in [repository.map { "\($0)/\(name)" }, name] {
            if let key, let local = localCharts[key] { candidates.append(SlashPath.join(workingFolder, local)) }
        }
        if let found = candidates.first(where: store.isChart) { return found }
        throw ChartFailure(
            message: "the chart '\(name)' is not in \(SlashPath.relative(home, to: workingFolder)): nothing is fetched",
            hint:
                "vendor it with `helm pull \(repository.map { "--repo \($0) " } ?? "")\(name)\(version.isEmpty ? "" : " --version \(version)") --untar --untardir \(SlashPath.relative(home, to: workingFolder))`, or name a local copy under charts: in lintel.yaml",
            isMissing: true)
    }

    /// Values in kustomize's order: files, and what stands in the kustomization by `valuesMerge`.
    private func values(_ chart: PlacedNode, _ folder: String, _ path: String, _ table: ChartSources) throws -> GoMap {
        let placed = PlacedValues(table)
        func file(_ name: String) throws -> GoMap {
            let place = SlashPath.join(folder, name)
            return try placed.map(text: try store.file(place), shown: SlashPath.relative(place, to: workingFolder))
        }
        var values = GoMap()
        if let name = (chart["valuesFile"] ?? chart["values"])?.text { values = try file(name) }
        if let inline = chart["valuesInline"] ?? chart["valuesLocal"],
            let map = placed.map(inline.value, at: inline.span, in: inline.document)
        {
            switch chart["valuesMerge"]?.text ?? "override" {
            case "replace": values = map
            case "merge": values = map.merged(with: values)
            default: values = values.merged(with: map)
            }
        }
        for name in chart["additionalValuesFiles"]?.items.compactMap(\.text) ?? [] {
            values = values.merged(with: try file(name))
        }
        return values
    }
}
