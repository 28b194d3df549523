package import GoTemplate

/// What a chart renders to.
package struct ChartRelease {
    /// The files of custom resource definitions in `crds`, when asked for.
    package var crds: [(source: String, file: ChartFile)] = []
    package var objects: [RenderedManifest] = []
    package var hooks: [RenderedManifest] = []
    /// What is odd about the values, in Helm's words.
    package var warnings: [String] = []
    package let sources: ChartSources

    /// Renders a chart.
    /// - Parameters:
    ///   - files: those of the chart's folder or archive.
    ///   - sources: takes the files whose places are kept.
    /// - Throws: `HelmProblem`.
    package init(_ files: [ChartFile], _ options: RenderSettings, _ sources: ChartSources) throws {
        self.sources = sources
        let chart = try ChartLoader(sources: sources).load(files)
        if !["", "application"].contains(chart.metadata.type) {
            throw HelmProblem(
                "\(chart.metadata.type) charts are not installable", hint: "name a chart that uses the library")
        }
        try Self.checkDependencies(chart)
        var rules = DependencyRules()
        try rules.apply(to: chart, options.values)
        let values = try rules.merge.coalesced(chart, options.values)
        if !options.skipsSchema { try ValuesSchema.check(chart, values) }
        try Self.checkKubeVersion(chart, options.capabilities)
        if options.includesCRDs { crds = chart.crds }
        let rendered = try Renderer(options: options, sources: sources).render(chart, values)
        let files = rendered.filter { !$0.name.hasSuffix("NOTES.txt") }
        do {
            (objects, hooks) = try Manifests.sorted(files)
        } catch var problem as HelmProblem {
            problem.rendered = files.sorted { $0.name < $1.name }.reduce(into: []) { text, file in
                text += Array("---\n# Source: \(file.name)\n".utf8) + file.bytes + [0x0A]
            }
            throw problem
        }
        warnings = rules.merge.warnings
    }

    private static func checkDependencies(_ chart: Chart) throws {
        let missing = chart.metadata.dependencies.map(\.name).filter { name in
            !chart.dependencies.contains { $0.name == name }
        }
        if missing.isEmpty { return }
        throw HelmProblem(
            "an error occurred while checking for chart dependencies. You may need to run 'helm dependency build' to fetch missing dependencies: found in Chart.yaml, but missing in charts/ directory: "
                + missing.joined(separator: ", "),
            hint: "run `helm dependency build` in the chart's folder; nothing is fetched here")
    }

    private static func checkKubeVersion(_ chart: Chart, _ capabilities: ClusterCapabilities) throws {
        let wanted = chart.metadata.kubeVersion
        if wanted.isEmpty { return }
        if let constraint = try? SemverConstraint(wanted), let actual = Semver(capabilities.plainVersion),
            constraint.matches(actual)
        {
            return
        }
        throw HelmProblem(
            "chart requires kubeVersion: \(wanted) which is incompatible with Kubernetes \(capabilities.kubeVersion)")
    }

    /// The text that `helm template` prints.
    package func text(hooks showsHooks: Bool = true, skipsTests: Bool = false) -> [UInt8] {
        var output: [UInt8] = []
        for (source, file) in crds {
            output += "---\n# Source: \(source)\n".utf8
            output += file.bytes
            output.append(0x0A)
        }
        for manifest in objects { Self.append(manifest, to: &output) }
        output.removeSubrange(GoSpace.end(of: output)...)
        let start = GoSpace.start(of: output, from: 0)
        if start > 0 { output.removeFirst(start) }
        output.append(0x0A)
        if showsHooks {
            for hook in hooks where !(skipsTests && hook.isTest) { Self.append(hook, to: &output) }
        }
        return output
    }

    private static func append(_ manifest: RenderedManifest, to output: inout [UInt8]) {
        output += "---\n# Source: \(manifest.source)\n".utf8
        output += manifest.bytes
        output.append(0x0A)
    }

    /// The documents of some templates only, named by paths or patterns inside the root chart.
    /// - Throws: `HelmProblem` for a pattern that no template matches.
    package func text(only patterns: [String], hooks: Bool = true, skipsTests: Bool = false) throws -> [UInt8] {
        let whole = text(hooks: hooks, skipsTests: skipsTests)
        let documents = Manifests.split(whole).map { Array(whole[$0]) }
        var output: [UInt8] = []
        for pattern in patterns {
            var isFound = false
            for document in documents {
                guard let name = Self.sourceName(document), FileMatch.matches(pattern, name) else { continue }
                isFound = true
                output += Array("---\n".utf8) + document + [0x0A]
            }
            if !isFound { throw HelmProblem("could not find template \(pattern) in chart") }
        }
        return output
    }

    /// The path behind the chart's name in the comment that names a document's template.
    private static func sourceName(_ document: [UInt8]) -> String? {
        let mark = Array("# Source: ".utf8)
        guard let place = StringFunctions.find(mark, in: document, from: 0) else { return nil }
        let line = document[(place + mark.count)...].prefix { $0 != 0x0A }
        guard let slash = line.firstIndex(of: UInt8(ascii: "/")) else { return nil }
        return String(decoding: line[(slash + 1)...], as: UTF8.self)
    }
}

extension RenderedManifest {
    package var isTest: Bool { hooks?.contains { $0 == "test" || $0 == "test-success" } ?? false }
}
