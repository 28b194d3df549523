import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import Remedies
import Renderings

/// The repository around the files that are fixed: what is built of them, and which of them may change.
struct FixRepository {
    let check: CheckRun
    let setup: PolicySetup
    let found: FileDiscovery.Result
    /// The files that no build uses, as they are to be.
    var plain: [SourceFile]
    /// Judges objects as a check does, and by what `--only` leaves out.
    let judge: ([ResourceReader.Contents]) -> Report
    private let stop = RunStop()
    private let named: [String]

    init(
        _ check: CheckRun, _ setup: PolicySetup, _ found: FileDiscovery.Result, plain: [SourceFile],
        judge: @escaping ([ResourceReader.Contents]) -> Report
    ) {
        (self.check, self.setup, self.found, self.plain, self.judge) = (check, setup, found, plain, judge)
        named = (check.paths.isEmpty ? ["."] : check.paths).compactMap { DiskFiles().resolve($0)?.path }
    }

    /// Finds what remedies the findings of what is built.
    func originFixes(allowsUnsafe: Bool, _ rules: FixRules?, focus: RepositoryBuilds.Focus?) -> OriginFixRun {
        let changed = Dictionary(plain.map { ($0.path, $0) }) { first, _ in first }
        let ids = Set(setup.set.policies.map(\.id)).union(Policy.typeChecks.map(\.id))
        return OriginFixRun(
            allowsUnsafe: allowsUnsafe, rules: rules,
            refusal: { refusal($0) },
            text: { path in
                changed[path] ?? (try? FileSystem.read(path)).map { SourceFile(path: path, bytes: $0) }
            },
            isWanted: { finding in
                ids.contains(finding.policyID) && isTold(finding)
                    && focus?.wants(finding.origin, in: finding.location.file) != false
            },
            rebuild: { built(with: $0) })
    }

    /// Whether a finding is told: a build reads excluded files too, but what is wrong in them is not told.
    private func isTold(_ finding: Finding) -> Bool {
        !found.excludes(finding.location.file, by: check.exclude.map(PathGlob.init))
            && !setup.layers.leavesOut(finding.location.file, setup.configuration)
    }

    /// Builds and judges everything with other texts of files.
    func built(with texts: [String: SourceFile]) -> BuiltState {
        var settings = check.buildSettings(setup, jobs: check.jobs ?? Validator.defaultJobs, stop)
        let causes = ValueCauses()
        settings.causes = causes
        for text in plain + texts.values { settings.texts[DiskFiles().resolve(text.path)?.path ?? text.path] = text.bytes }
        let built = RepositoryBuilds(found, settings, sources: SourceMap())
        var own = ResourceReader.Contents()
        for file in plain { own.resources += ResourceReader().read(texts[file.path] ?? file).resources }
        var contents = built.contents
        for index in contents.indices { contents[index].diagnostics = [] }
        let failures = built.records.filter { !$0.isBuilt }.map {
            $0.path + ($0.values.isEmpty ? "" : " with \($0.values)") + ($0.appliedBy.isEmpty ? "" : " of \($0.appliedBy)")
        }
        return BuiltState(contents: contents, report: judge([own] + contents), failures: Set(failures), causes: causes)
    }

    /// Why a file with an exception is not to be changed; nil when it may be: comments may stand in any text.
    func refusal(toChangeExceptionIn path: String) -> String? {
        guard !path.hasPrefix("--"), let real = DiskFiles().resolve(path), !real.isFolder else {
            return "it stands in no file of its own"
        }
        if !isNamed(real.path) { return "it stands outside of what was named" }
        if isTemplate(real.path) || isInChart(real.path) { return "other values of the chart may need it" }
        let isLoose = ConfigurationFinder.repository(of: real.path) == nil
        let isPart = !check.coversEverything(setup) || isLoose && named.contains { feedsBuilds($0 + "/.") }
        if check.builds.isPlain || isPart, feedsBuilds(real.path) {
            return "an overlay that was not looked at may need it; name the whole repository, and do not use --plain"
        }
        return isLeftOut(path) ? "it stands in a file that is left out" : nil
    }

    private func isInChart(_ path: String) -> Bool { hasAbove(path, ["Chart.yaml"]) }

    /// Whether a file may be part of what kustomizations are built of.
    private func feedsBuilds(_ path: String) -> Bool { hasAbove(path, KustomizationFile.names.map { String($0) }) }

    /// Whether one of the folders that a file is in, up to the root of the repository, has a file of one of these names.
    private func hasAbove(_ path: String, _ names: [String]) -> Bool {
        let root = ConfigurationFinder.repository(of: path)
        var folder = FilePath.folder(of: path)
        while folder != ".", folder != "/" {
            for name in names where (try? FileSystem.status(of: FilePath.join(folder, name))) != nil { return true }
            if folder == root { return false }
            folder = FilePath.folder(of: folder)
        }
        return false
    }

    private func isNamed(_ path: String) -> Bool {
        named.contains { path == $0 || path.hasPrefix($0 == "/" ? "/" : $0 + "/") }
    }

    private func isLeftOut(_ path: String) -> Bool {
        found.excludes(path, by: check.exclude.map(PathGlob.init)) || setup.layers.leavesOut(path, setup.configuration)
    }

    /// Why a file is not to be changed; nil when it may be. `%` stands for the place.
    private func refusal(_ path: String) -> String? {
        if path.hasPrefix("--") { return "it is given with \(path)" }
        if path.contains(".tgz") { return "it stands in an archive, at %" }
        guard let real = DiskFiles().resolve(path), !real.isFolder else { return "it stands in no file of its own (%)" }
        if isTemplate(real.path) { return "the template at % writes it; change it there" }
        if FilePath.name(of: real.path) == "Chart.yaml" { return "it comes from the chart's own description, at %" }
        guard
            ["yaml", "yml", "json"].contains(FilePath.suffix(of: real.path))
                || KustomizationFile.names.contains(String(FilePath.name(of: real.path)))
        else {
            return "it stands in a file that is no YAML, at %"
        }
        if !isNamed(real.path) { return "it stands outside of what was named, at %" }
        return isLeftOut(path) ? "it stands in a file that is left out, at %" : nil
    }

    /// Whether a file is in the folder `templates` of a chart.
    private func isTemplate(_ path: String) -> Bool {
        var folder = FilePath.folder(of: path)
        while folder != "/", folder != "." {
            if FilePath.name(of: folder) == "templates",
                (try? FileSystem.status(of: FilePath.join(FilePath.folder(of: folder), "Chart.yaml"))) != nil
            {
                return true
            }
            folder = FilePath.folder(of: folder)
        }
        return false
    }
}
