import ArgumentParser
import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import Kustomize
import RegoRuntime
import Renderings
import Reports
import Schemas

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A check of manifests, however it was asked for; `CheckCommand` says what the fields mean.
struct CheckRun: Sendable {
    var paths: [String]
    var policies = PolicyChoice()
    var include: [String] = []
    var exclude: [String] = []
    var previous: [String] = []
    var stdinFilename = "stdin"
    /// Names that files have in reports, by their paths.
    var displayNames: [String: String] = [:]
    /// Files and folders with definitions of custom resources that are not checked themselves.
    var schemas: [String] = []
    /// Nil for what the configuration says.
    var missingSchemas: MissingTypes?
    /// How kustomizations and charts are built.
    var builds = BuildSettings()
    var jobs: Int?
    /// Whether errors of builtins are errors of the run.
    var isStrict = false
    /// Whether objects are judged as the rules `mutate` of the policies change them.
    var isMutated = false
    var limits = RunGuard.Limits()
    /// The most violations of a policy in one object that are listed, 0 for all; nil for what the configuration says.
    var maxFindings: Int?
    var exceptions = ExceptionChoice()
    var comparison = ComparisonChoice()
    /// Where objects are noted for the run that this one's findings are compared with.
    var noted: EarlierObjects?
    /// Waits for the objects of the other side of a comparison.
    var earlier: (@Sendable () -> EarlierObjects?)?
    /// Whether all violations are listed, for comparisons.
    var listsAll = false
    /// The label that names the owner of an object, for coverage.
    var ownerLabel: String?
    /// Where the files of this run were copied from, when they are another state of the ones that are compared.
    var copy: FileCopy?
    /// Keeps the files of `copy` while they are used.
    var revision: GitRevision?
    /// Whether paths are shown, and charts and repositories found, as if the copy were the original.
    var standsForOriginal = false
    var reporting = ReportTarget()
    /// The changes that the report has; nil for none.
    var fixes: FixChoice?
    /// How much of the templates of charts must be rendered, when that is told at all.
    var templateCoverage: TemplateCoverageChoice?
    /// Who is told of what is found; nil for nobody.
    var notification: Notification?

    init(paths: [String]) { self.paths = paths }

    func run() throws {
        let start = Console.seconds
        let watch = RunGuard(limits)
        let setup = try policies.load(isJudging: !isMutated, keepsHealthy: true)
        let threshold = reporting.failOn ?? setup.configuration.failOn ?? .error
        let other = try comparison.otherSide(of: self)
        var judged = self
        judged.earlier = other?.earlier
        var report = try judged.report(setup, watch, start: start) { other?.begin(setup) }
        if !report.hasErrors { try comparison.compare(&report, of: self, other, setup) }
        report.duration = Console.seconds - start
        var reporting = reporting
        reporting.inputs = paths
        reporting.jobs = jobs ?? Validator.defaultJobs
        try reporting.write(report, failOn: threshold)
        Console.show(report.diagnostics, colour: reporting.colour)
        if !report.hasErrors, let reason = report.nothingEvaluated {
            Console.fail("nothing was evaluated: \(reason)")
        }
        let coverage = try templateCoverage?.isReached(by: report) ?? true
        var conclusion = report.conclusion(failOn: threshold)
        if conclusion == .passed, !coverage { conclusion = .violations }
        if let notification, conclusion.rawValue < 2 {
            let isTold = notification.tell(
                report, isWhole: comparison.since == nil, subject: paths.isEmpty ? "." : paths.joined(separator: ", "),
                paths: ReportPath(checking: paths))
            if !isTold { throw ExitCode(2) }
        }
        if conclusion != .passed { throw ExitCode(conclusion.rawValue) }
    }

    /// What is found, with all that is wrong.
    /// - Parameter whenReady: called when files are found and nothing is left that a run refuses.
    func report(
        _ setup: PolicySetup, _ watch: RunGuard, start: Double, whenReady: () -> Void = {}
    ) throws -> Report {
        var report = Report(), setup = setup
        if !setup.problems.contains(where: { $0.severity == .error }) {
            report = try check(&setup, watch, start: start, whenReady)
        }
        watch.endOfJudging()
        report.settings = setup.settings
        report.diagnostics =
            setup.problems + setup.faults + report.diagnostics
            + report.skips(failing: reporting.failOnSkip + setup.configuration.failOnSkip)
        return report
    }

    /// Whether everything below the folder of the configuration is checked.
    func coversRepository(_ setup: PolicySetup) -> Bool {
        guard let path = setup.configuration.path, include.isEmpty, exclude.isEmpty else { return false }
        return (paths.isEmpty ? ["."] : paths).contains {
            FileSystem.absolute(FilePath.normalized($0)) == FileSystem.absolute(FilePath.folder(of: path))
        }
    }

    /// The releases whose types objects are compared with; nil for the newest one.
    func releases(_ setup: PolicySetup) -> ReleaseRange? {
        let version = policies.kubernetesVersion ?? setup.configuration.kubernetesVersion
        return version.flatMap { ReleaseRange($0.range) }
    }

    /// How objects are compared with the API's types.
    private func types(_ setup: PolicySetup) throws -> TypeOptions {
        var types = TypeOptions()
        types.releases = releases(setup)
        types.missing = missingSchemas ?? setup.configuration.missingSchemas ?? .warn
        let definitions = Definitions(
            reading: schemas + setup.configuration.schemas, jobs: jobs ?? Validator.defaultJobs)
        if !definitions.problems.isEmpty { Console.show(definitions.problems, colour: reporting.colour) }
        if definitions.problems.contains(where: { $0.severity == .error }) { throw ExitCode(2) }
        types.custom = definitions.kinds
        types.packs = definitions.packs
        return types
    }

    func options(_ setup: PolicySetup, _ watch: RunGuard, before: [Resource]) throws -> Validator.Options {
        var options = Validator.Options()
        options.jobs = jobs ?? Validator.defaultJobs
        options.stop = watch.stop
        options.leavesMemory = true
        options.ownerLabel = ownerLabel
        let isComplete = listsAll || comparison.isAsked || copy != nil
        let most = isComplete ? 0 : maxFindings ?? setup.configuration.maxFindings ?? options.violationLimit
        options.violationLimit = most == 0 ? .max : most
        options.selection = setup.selection
        if !setup.layers.isEmpty {
            options.paths = PathSettings(setup.layers, hasFixedProfiles: setup.hasFixedProfiles)
        }
        options.data = setup.data
        options.data.previous = before
        options.now = WallClock.now()
        options.types = try types(setup)
        options.exceptions = setup.exceptions(
            exceptions, now: options.now, coversAll: coversRepository(setup), copy: copy)
        if let copy { options.isContext = copy.isUnchanged }
        options.types?.exceptions = options.exceptions
        options.types?.noted = noted
        options.types?.earlier = earlier
        if previous.count == 1, paths.count == 1 {
            // What stands at the same place of both folders belongs together.
            let copy = FileCopy(
                original: FileSystem.plainAbsolute(paths[0]), folder: FileSystem.plainAbsolute(previous[0]))
            options.types?.previousName = { copy.path(inOriginal: FileSystem.plainAbsolute($0)) }
        }
        return options
    }

    /// The files of a run and what is built of them.
    struct Input {
        var found: FileDiscovery.Result
        var built: RepositoryBuilds
        let sources: SourceMap
        /// What of the templates of charts was run, when it is asked for.
        var visits: TemplateVisits?
    }

    /// Finds the files with the configuration that holds for some of them, and builds what they lead to.
    /// - Parameter findsMistakes: whether mistakes in charts are looked for that show without rendering them.
    func input(_ setup: inout PolicySetup, jobs: Int, _ stop: RunStop, findsMistakes: Bool = false) -> Input {
        var discovery = FileDiscovery(include: include.map(PathGlob.init), exclude: exclude.map(PathGlob.init))
        discovery.looksAtHidden = true
        discovery.names = KustomizationFile.names
        if let own = setup.configuration.path {
            discovery.leftOut = standsForOriginal ? [own, copy?.path(inCopy: own) ?? own] : [own]
        }
        var found = discovery.files(at: paths.isEmpty ? ["."] : paths)
        for index in found.files.indices {
            let path = found.files[index].path
            if path == "-" {
                found.files[index].displayName = stdinFilename
            } else if let name = displayNames[path] {
                found.files[index].displayName = name
            } else if standsForOriginal {
                found.files[index].displayName = SlashPath.relative(FileSystem.plainAbsolute(path), to: workingFolder)
            }
        }
        setup.addLayers(for: &found, of: copy)
        let sources = SourceMap()
        var settings = buildSettings(setup, jobs: jobs, stop)
        settings.findsMistakes = findsMistakes
        if templateCoverage != nil { settings.visits = TemplateVisits(functions: settings.functions) }
        let built = RepositoryBuilds(found, settings, sources: sources)
        return Input(found: found, built: built, sources: sources, visits: settings.visits)
    }

    /// The objects of `--previous`, built as those that are checked.
    private func objectsBefore(_ setup: PolicySetup, _ stop: RunStop) -> PreviousObjects {
        var discovery = FileDiscovery()
        discovery.looksAtHidden = true
        discovery.names = KustomizationFile.names
        let found = discovery.files(at: previous)
        if previous.isEmpty { return PreviousObjects(built: [], files: [], problems: found.problems) }
        let settings = buildSettings(setup, jobs: jobs ?? Validator.defaultJobs, stop)
        let built = RepositoryBuilds(found, settings, sources: SourceMap())
        return PreviousObjects(built: built.contents, files: built.files, problems: found.problems)
    }

    private func check(
        _ setup: inout PolicySetup, _ watch: RunGuard, start: Double, _ whenReady: () -> Void
    ) throws -> Report {
        let input = input(&setup, jobs: jobs ?? Validator.defaultJobs, watch.stop, findsMistakes: true)
        if setup.problems.contains(where: { $0.severity == .error }) { return Report() }
        return try check(input, setup, watch, start: start, whenReady)
    }

    /// Judges what was found and built.
    func check(
        _ input: Input, _ setup: PolicySetup, _ watch: RunGuard, start: Double, _ whenReady: () -> Void = {}
    ) throws -> Report {
        let (found, rendered, sources) = (input.found, input.built, input.sources)
        // Later builds, such as those that try fixes, do not count.
        let coverage = input.visits?.coverage()
        let excluded = exclude.map(PathGlob.init)
        let before = objectsBefore(setup, watch.stop)
        var options = try options(setup, watch, before: before.resources)
        let changes =
            isMutated
            ? try ObjectChanges(setup) {
                rendered.contents.flatMap(\.resources) + rendered.files.flatMap { ResourceReader().read($0).resources }
            } : nil
        if let changes { options.change = { resource in changes.changed(resource) } }
        whenReady()
        let line = ProgressLine(start: start)
        var show: (@Sendable (Validator.Progress) -> Void)?
        if !reporting.isQuiet, Console.isTerminal(STDERR_FILENO) { show = { line.update($0) } }
        var report = Validator(setup.set, options: options, progress: show)
            .validate(files: rendered.files, rendered: rendered.contents, sources: sources)
        line.clear()
        report.builds = rendered.records
        report.templateCoverage = coverage
        report.countFiles(found.files, readAlone: rendered.files)
        if let focus = rendered.focus { report.findings.removeAll { !focus.wants($0.origin, in: $0.location.file) } }
        // A build reads excluded files too, but what is wrong in them is not told.
        report.suppressed.removeAll { !$0.origin.isEmpty && found.excludes($0.location.file, by: excluded) }
        report.findings.removeAll { !$0.origin.isEmpty && found.excludes($0.location.file, by: excluded) }
        report.suppressed.removeAll { !$0.origin.isEmpty && setup.layers.leavesOut($0.location.file, setup.configuration) }
        report.findings.removeAll { !$0.origin.isEmpty && setup.layers.leavesOut($0.location.file, setup.configuration) }
        if let fixes { addFixes(fixes, to: &report, input, setup, options) }
        report.checkedFiles = Set(found.files.lazy.map(\.shownPath))
        report.skipped += found.skipped
        report.namedFiles = Set(found.arguments.lazy.filter { !$0.isFolder }.flatMap { found.files[$0.files] }.map(\.shownPath))
        report.allowsEmpty = reporting.allowsEmpty
        report.diagnostics += report.builtinErrors.map { warning in
            var problem = warning
            if isStrict { (problem.severity, problem.hint) = (.error, nil) }
            return problem
        }
        report.diagnostics += changes?.problems ?? []
        report.diagnostics = found.problems + rendered.problems + before.problems + report.diagnostics
        if let exceptions = options.exceptions {
            report.diagnostics += exceptions.problems(used: report.policies, all: setup.set.all + Policy.typeChecks)
        }
        if let reason = watch.stop.reason {
            report.diagnostics.append(report.incomplete(watch.describe(reason)))
        } else if !report.allowsEmpty {
            report.diagnostics += report.unjudged(found, recipes: rendered.recipes)
        }
        return report
    }

    /// The folder that paths are shown relative to; absolute.
    private var workingFolder: String {
        let own = DiskFiles().resolve(".")?.path ?? "/"
        guard standsForOriginal, let copy else { return own }
        let path = copy.path(inCopy: own)
        return DiskFiles().resolve(path)?.path ?? path
    }

    /// The settings of builds with what the configuration says about them.
    func buildSettings(_ setup: PolicySetup, jobs: Int, _ stop: RunStop) -> BuildSettings {
        var settings = builds.configured(by: setup.configuration, in: workingFolder)
        settings.stop = stop
        settings.jobs = jobs
        if let copy {
            if let root = settings.repositoryRoot {
                settings.repositoryRoot = copy.path(inCopy: root)
            } else {
                settings.takeRemotes(around: copy.original, root: copy.folder)
            }
        }
        return settings
    }
}
