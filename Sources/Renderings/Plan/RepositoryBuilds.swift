package import Diagnostics
import Documents
package import Inputs
import Kustomize
import Synchronization

/// What will really be applied: the kustomizations and charts among the files of a run, as they stand and as Argo CD and Flux
/// objects among them say, and the files that are looked at as they are.
package struct RepositoryBuilds: Sendable {
    /// One for each build.
    package private(set) var contents: [ResourceReader.Contents] = []
    /// What each of them is made of and what applies it, in their order.
    package private(set) var contentRecords: [BuildRecord] = []
    /// The files that no build used.
    package private(set) var files: [InputFile]
    /// What was built and what was not, in the order of paths.
    package private(set) var records: [BuildRecord] = []
    /// What could not be looked at.
    package private(set) var problems: [Diagnostic] = []
    /// For builds that are made only because single files were named: the steps that their findings show, and the files
    /// whose findings are wanted.
    package private(set) var focus: Focus?
    /// Files named by themselves that say how something was built, as they are shown: what was built is judged in their place.
    package private(set) var recipes: Set<String> = []

    package struct Focus: Sendable {
        package var steps: Set<String> = []
        package var files: Set<String> = []

        /// Whether a finding comes from something that was asked for.
        package func wants(_ origin: [Diagnostic.Note], in file: String) -> Bool {
            guard let first = origin.first, steps.contains(first.message) else { return true }
            return files.contains(file)
        }
    }

    /// Builds what the files of a run lead to.
    ///
    /// - Parameters:
    ///   - arguments: the paths of the command line.
    ///   - sources: the numbering of the run's sources.
    package init(_ found: FileDiscovery.Result, _ settings: BuildSettings, sources: SourceMap) {
        files = found.files
        let arguments = found.arguments.map(\.path)
        var plan = BuildPlan(found.files, arguments, settings, sources)
        if settings.isPlain {
            files = plan.without([], found.files)
            return
        }
        let named = found.arguments.lazy.filter { !$0.isFolder }.flatMap { found.files[$0.files] }.filter { $0.path != "-" }
        var focus = Focus()
        plan.widen(to: Array(named), &focus)
        plan.run()
        problems = plan.problems
        contents = plan.built.map(\.contents)
        contentRecords = plan.built.map(\.job.record)
        for build in plan.built where build.isFocused {
            focus.steps.formUnion(build.contents.resources.compactMap { $0.document.origin.first?.message })
        }
        if !focus.files.isEmpty { self.focus = focus }
        let made = Set(plan.built.lazy.filter { !$0.contents.resources.isEmpty }.compactMap(\.job.place))
        for file in named where KustomizationFile.names.contains(String(FilePath.name(of: file.path))) {
            guard let folder = settings.disk.resolve(FilePath.folder(of: file.path))?.path, made.contains(folder) else {
                continue
            }
            recipes.insert(file.shownPath)
        }
        records = plan.built.map(\.job.record).sorted { left, right in
            (left.path, left.appliedBy, left.values) < (right.path, right.appliedBy, right.values)
        }
        files = plan.without(plan.used, found.files).filter { !$0.path.hasSuffix(".tgz") }
    }
}
