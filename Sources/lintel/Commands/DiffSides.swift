import ArgumentParser
import Catalogue
import Diagnostics
import Differences
import Documents
import Findings
import Inputs
import Judging
import Kustomize
import Renderings
import Schemas

/// Reads the states that `lintel diff` compares.
struct DiffSides {
    let run: CheckRun
    let setup: PolicySetup
    /// Whether policies are asked.
    var judges = true
    /// Whether two files or folders with names of their own are compared, so that paths begin below them.
    var comparesFolders = false
    private(set) var problems: [Diagnostic] = []
    /// Where each of them stands among them, and the side that has it, by what it says.
    private var told: [String: (index: Int, label: String)] = [:]
    /// Definitions of custom resources on the way.
    private(set) var definitions: [Document] = []
    /// Copies of files, which go away with it.
    private var revisions: [GitRevision] = []
    private var streams: [StandardInputFile] = []

    init(_ run: CheckRun, _ setup: PolicySetup) { (self.run, self.setup) = (run, setup) }

    mutating func side(_ state: DiffArguments.State, watch: RunGuard) throws -> DiffSide {
        switch state {
        case .paths(let paths):
            var own = run
            own.paths = try named(paths, &own)
            // A file that is compared with another one is what it says, whatever is built of it.
            if comparesFolders, let path = own.paths.first, !path.hasSuffix(".tgz"),
                (try? FileSystem.status(of: path))?.kind == .file
            {
                own.builds.isPlain = true
            }
            let label = paths == ["."] ? "working tree" : paths.joined(separator: ", ")
            return try side(label, own, root: comparesFolders ? paths.first : nil, watch)
        case .revision(let revision, let paths):
            let git: GitRevision
            do throws(GitRevision.Problem) { git = try GitRevision(revision, at: paths, sinceFork: false) } catch {
                Console.fail(error.message)
                throw ExitCode(2)
            }
            revisions.append(git)
            var own = run
            own.copy = FileCopy(original: git.copy.original, folder: git.copy.folder)
            own.standsForOriginal = true
            own.paths = paths.map { git.copy.path(inCopy: $0) }.filter { (try? FileSystem.status(of: $0)) != nil }
            let label = GitRevision.shown(revision)
            if own.paths.isEmpty {
                // Everything in it is new, or gone.
                for path in paths where (try? FileSystem.status(of: path)) == nil {
                    throw ValidationError("There is no \(path), neither here nor in \(label).")
                }
                return DiffSide(label)
            }
            return try side(label, own, root: nil, watch)
        }
    }

    /// - Parameter root: the folder that is compared, for paths that do not depend on its name.
    private mutating func side(_ label: String, _ run: CheckRun, root: String?, _ watch: RunGuard) throws -> DiffSide {
        var side = DiffSide(label)
        var setup = setup
        let known = setup.problems.count
        let input = run.input(&setup, jobs: run.jobs ?? Validator.defaultJobs, watch.stop)
        let ofFolders = Array(setup.problems[known...])
        let prefix = root.map { SlashPath.clean($0) }.flatMap { $0 == "." ? nil : $0 + "/" } ?? ""
        let short = { (path: String) in
            path.hasPrefix(prefix) ? String(path.dropFirst(prefix.utf8.count)) : path + "/" == prefix ? "." : path
        }
        var found = input.found.problems + input.built.problems
        add(input, short, to: &side, &found)
        // The run that judges tells what is wrong with the same files.
        found = judges ? [] : found + ofFolders
        side.files = input.found.files.count
        side.skipped += input.found.skipped
        if judges {
            var report = try run.check(input, setup, watch, start: Console.seconds)
            side.findings = report.findings
            report.findings = []
            // The policies are the same on both sides.
            found = report.diagnostics.filter { !setup.problems.contains($0) && !setup.faults.contains($0) }
            found += ofFolders
        } else if let reason = watch.stop.reason {
            found.append(Diagnostic(code: "stopped", message: "\(watch.describe(reason)): not all was compared"))
        }
        for problem in found { tell(problem, of: label) }
        side.isIncomplete = found.contains { $0.severity == .error }
        return side
    }

    /// Keeps what is wrong with a side, once for both where it is the same.
    private mutating func tell(_ problem: Diagnostic, of label: String) {
        let place = problem.range.map { "\($0.file.path):\($0.position)" } ?? ""
        let key = "\(problem.severity.rawValue) \(place) \(problem.message)"
        if let (index, other) = told[key] {
            if other != label { problems[index].message = problem.message }
            return
        }
        told[key] = (problems.count, label)
        var problem = problem
        problem.message = "\(label): \(problem.message)"
        problems.append(problem)
    }

    private mutating func add(
        _ input: CheckRun.Input, _ short: (String) -> String, to side: inout DiffSide, _ problems: inout [Diagnostic]
    ) {
        for (contents, record) in zip(input.built.contents, input.built.contentRecords) {
            var shown = record
            shown.path = short(SlashPath.clean(record.path))
            let application = Application(shown, path: shown.path)
            side.builds.append((shown, contents.diagnostics.filter { $0.severity != .note && !record.isBuilt }))
            side.skipped += contents.skipped
            add(contents, application, short, to: &side)
            problems += contents.diagnostics
        }
        let reader = ResourceReader(sources: input.sources)
        for file in input.built.files {
            let contents = reader.read(file)
            side.skipped += contents.skipped
            add(contents, Application(), short, to: &side)
            problems += contents.diagnostics
        }
    }

    private mutating func add(
        _ contents: ResourceReader.Contents, _ application: Application, _ short: (String) -> String, to side: inout DiffSide
    ) {
        for resource in contents.resources where ComparedObject.isApplied(resource) {
            side.objects.append(ComparedObject(resource, in: application, file: short(SlashPath.clean(resource.path))))
            if resource.type.kind == "CustomResourceDefinition" { definitions.append(resource.document) }
        }
    }

    /// The objects of a cluster in files, as they are.
    mutating func live(_ paths: [String], watch: RunGuard) throws -> DiffSide {
        var own = run
        own.paths = try named(paths, &own)
        own.builds.isPlain = true
        (own.include, own.exclude) = ([], [])
        return try side("the cluster", own, root: nil, watch)
    }

    /// The paths with a file in the place of standard input.
    private mutating func named(_ paths: [String], _ run: inout CheckRun) throws -> [String] {
        try paths.map { path in
            guard path == "-" else { return path }
            let file = try StandardInputFile()
            streams.append(file)
            run.displayNames[file.path] = run.stdinFilename
            return file.path
        }
    }

    /// The types of the objects that were read.
    mutating func types() -> TypeSource {
        var types = TypeSource()
        let version = run.policies.kubernetesVersion ?? setup.configuration.kubernetesVersion
        types.release = version.flatMap { ReleaseRange($0.range)?.last }
        let given = Definitions(
            reading: run.schemas + setup.configuration.schemas, jobs: run.jobs ?? Validator.defaultJobs)
        // Where policies judge, their run told of it.
        if !judges { problems += given.problems }
        types.custom = given.kinds
        types.packs = given.packs + [DefinitionPack.builtin].compactMap(\.self)
        for definition in definitions { types.custom.add(definition) }
        return types
    }
}
