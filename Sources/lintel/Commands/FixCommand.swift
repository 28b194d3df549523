import ArgumentParser
import Authoring
import Catalogue
import Diagnostics
import Findings
import Inputs
import Judging
import RegoRuntime
import Remedies
import Renderings
import Reports

/// `lintel fix`: the lines of manifests that remedy what a check finds.
struct FixCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fix", abstract: "Remedy violations in manifests, and leave all other text as it is.",
        discussion: """
            Prints the changes as a diff; --write makes them. What kustomizations and charts are built into is fixed where it is \
            written: in the base, the patch or the values. A fix stays only when everything is built and judged again, the \
            violation is gone and there is no new one. Exceptions that nothing needs are taken away. Exit codes: 0 nothing is left to change, 1 something would change or, with --write, a fix was refused, \
            2 the job could not be done.
            """)

    @Argument(help: ArgumentHelp("Files and folders; the current folder when none is given.", valueName: "path"))
    var paths: [String] = []

    @OptionGroup var policies: PolicyOptions

    @Option(help: ArgumentHelp("Change only files of folders that fit a pattern; repeatable.", valueName: "glob"))
    var include: [String] = []

    @Option(help: ArgumentHelp("Leave out files and folders that fit a pattern; repeatable.", valueName: "glob"))
    var exclude: [String] = []

    @Flag(name: .customLong("plain"), help: "Build nothing: fix objects as they are written.")
    var isPlain = false

    @Flag(help: "Show the changes, as without --write.")
    var diff = false

    @Flag(name: .shortAndLong, help: "Change the files.")
    var write = false

    @Flag(help: "Accept that there is no object to judge.")
    var allowEmpty = false

    @Flag(help: "Make changes too after which programs may behave differently or need other permissions.")
    var unsafeFixes = false

    @Flag(help: "Leave exceptions that nothing needs.")
    var keepExceptions = false

    func validate() throws {
        if paths.contains("-") { throw ValidationError("fix changes files; name files or folders.") }
    }

    func run() throws {
        var check = CheckRun(paths: paths)
        check.policies = try policies.choice()
        (check.include, check.exclude, check.builds.isPlain) = (include, exclude, isPlain)
        var setup = try check.policies.load(isJudging: true)
        if setup.problems.contains(where: { $0.severity == .error }) {
            Console.show(setup.problems, colour: .auto)
            throw ExitCode(2)
        }
        var problems: [Diagnostic] = setup.problems
        let problemsOfPolicies = problems.count
        var inputs = Report()
        let input = check.input(&setup, jobs: Validator.defaultJobs, RunStop())
        let files = files(input, &inputs, &problems)
        problems += setup.problems[problemsOfPolicies...]
        let judging = try judging(check, setup), judge = judging.judge
        let (rules, faults) = FixRules.compile(setup.set.policies, of: setup.set, data: setup.data, now: WallClock.now())
        problems += faults.filter { $0.severity == .error }
        var outcome = FixRun(allowsUnsafe: unsafeFixes, rules: rules) { judge([$0]) }.run(files)
        var originals = files
        if input.built.contents.contains(where: { !$0.resources.isEmpty }) {
            let changed = Dictionary(outcome.files.map { ($0.path, $0) }) { first, _ in first }
            let repository = FixRepository(check, setup, input.found, plain: files.map { changed[$0.path] ?? $0 }, judge: judge)
            let fixes = repository.originFixes(allowsUnsafe: unsafeFixes, rules, focus: input.built.focus)
            originals += outcome.add(fixes, to: repository.built(with: [:]))
        }
        let removal =
            try keepExceptions || judging.exceptions?.hasAny != true
            ? ExceptionRemoval.Outcome() : removeExceptions(check, setup, input.found, outcome, files)
        originals += outcome.add(removal, to: originals)
        inputs.evaluatedPolicies = outcome.before.evaluatedPolicies
        inputs.policies = outcome.before.policies
        inputs.resources = outcome.before.resources
        Console.show(problems + outcome.before.diagnostics, colour: .auto)
        if let reason = inputs.nothingEvaluated {
            Console.printError(inputs.skipText)
            Console.fail("nothing was evaluated: \(reason)")
            throw ExitCode(2)
        }
        if outcome.before.hasErrors { throw ExitCode(2) }
        try show(outcome, removal, originals, inputs, isComplete: !problems.contains { $0.severity == .error })
    }

    /// Judges objects, and notes which exceptions they need.
    private struct Judging {
        var judge: ([ResourceReader.Contents]) -> Report
        var exceptions: Exceptions?
    }

    /// Judges objects as a check does, and by what `--only` leaves out: that says too whether a fix does harm.
    private func judging(_ check: CheckRun, _ setup: PolicySetup) throws -> Judging {
        let (chosen, exceptions) = try validator(check, setup)
        var whole: Validator?
        if !check.policies.only.isEmpty {
            var all = check
            all.policies.only = []
            whole = try validator(all, try all.policies.load(isJudging: true)).validator
        }
        let judge = { [whole] (objects: [ResourceReader.Contents]) in
            var report = chosen.validate(files: [], rendered: objects)
            guard let whole else { return report }
            let own = Set(report.policies.map(\.id))
            report.findings += whole.validate(files: [], rendered: objects).findings.filter { !own.contains($0.policyID) }
            return report
        }
        return Judging(judge: judge, exceptions: exceptions)
    }

    private func validator(_ check: CheckRun, _ setup: PolicySetup) throws -> (validator: Validator, exceptions: Exceptions?) {
        var options = try check.options(setup, RunGuard(RunGuard.Limits()), before: [])
        options.leavesMemory = false
        options.violationLimit = .max
        return (Validator(setup.set, options: options), options.exceptions)
    }

    /// Takes away what nothing needs in the texts as they are after all fixes.
    private func removeExceptions(
        _ check: CheckRun, _ setup: PolicySetup, _ found: FileDiscovery.Result, _ outcome: FixRun.Outcome, _ files: [SourceFile]
    ) throws -> ExceptionRemoval.Outcome {
        let judging = try judging(check, setup)
        guard let exceptions = judging.exceptions else { return ExceptionRemoval.Outcome() }
        let changed = Dictionary(outcome.files.map { ($0.path, $0) }) { first, _ in first }
        let plain = Set(files.map(\.path))
        let repository = FixRepository(
            check, setup, found, plain: files.map { changed[$0.path] ?? $0 }, judge: judging.judge)
        return FixExceptions(check: check, setup: setup, found: found).run(
            repository, changed.filter { !plain.contains($0.key) }, exceptions)
    }

    /// The texts that hold objects which no build uses, and what a check would find as well and why there is nothing to change
    /// in it.
    private func files(_ input: CheckRun.Input, _ inputs: inout Report, _ problems: inout [Diagnostic]) -> [SourceFile] {
        let found = input.found
        problems += found.problems
        inputs.skipped = found.skipped
        inputs.namedFiles = Set(found.arguments.lazy.filter { !$0.isFolder }.flatMap { found.files[$0.files] }.map(\.shownPath))
        inputs.allowsEmpty = allowEmpty
        var files: [SourceFile] = []
        for contents in input.built.contents {
            problems += contents.diagnostics
            inputs.skipped += contents.skipped
        }
        for file in input.built.files {
            let contents = ResourceReader().read(file)
            problems += contents.diagnostics
            inputs.skipped += contents.skipped
            inputs.sources.append(
                Report.Source(
                    resources: contents.resources.count,
                    objects: contents.resources.count { $0.type.group != GitOpsFile.group }))
            if contents.resources.isEmpty { continue }
            do throws(FileError) {
                files.append(SourceFile(path: file.shownPath, bytes: try FileSystem.read(file.path)))
            } catch { problems.append(Diagnostic(reading: error)) }
        }
        inputs.countFiles(found.files, readAlone: input.built.files)
        // Were something else judged, it would speak for these.
        inputs.evaluatedPolicies = 1
        if !allowEmpty, !files.isEmpty { problems += inputs.unjudged(found, recipes: input.built.recipes) }
        return files
    }

    private func show(
        _ outcome: FixRun.Outcome, _ removal: ExceptionRemoval.Outcome, _ files: [SourceFile], _ inputs: Report, isComplete: Bool
    ) throws {
        let originals = Dictionary(files.map { ($0.path, $0) }) { first, _ in first }
        var isComplete = isComplete
        for file in outcome.files {
            guard let original = originals[file.path] else { continue }
            if diff || !write {
                let old = original.text(in: 0..<original.bytes.count), new = file.text(in: 0..<file.bytes.count)
                Console.print(LineDiff.unified(old, new, path: file.path))
            }
            if write { FileReplacement.replace(original, by: file, named: paths, &isComplete) }
        }
        for (finding, reason) in outcome.refused {
            Console.printError(DisplayText.escapedLines("not fixed: \(Self.title(finding)): \(reason)", indent: "") + "\n")
        }
        for (exception, reason) in removal.refused {
            let text =
                "not removed: \(exception.range.file.path):\(exception.range.position.line): the \(exception.form) for "
                + "\(exception.unused.sorted().joined(separator: ", ")): \(reason)"
            Console.printError(DisplayText.escapedLines(text, indent: "") + "\n")
        }
        let ids = Set(outcome.before.policies.map(\.id))
        let count = outcome.before.findings.count { ids.contains($0.policyID) }
        let verb = write ? "fixed" : "can be fixed"
        Console.printError(
            "\(outcome.fixed.count) of \(count) violation\(count == 1 ? "" : "s") \(verb) in \(outcome.files.count) "
                + (outcome.files.count == 1 ? "file" : "files"))
        if !outcome.held.isEmpty { Console.printError("; \(outcome.held.count) more with --unsafe-fixes") }
        if !removal.removed.isEmpty {
            let unneeded =
                removal.removed.count == 1
                ? "1 exception that nothing needs" : "\(removal.removed.count) exceptions that nothing needs"
            Console.printError("; \(unneeded) \(write ? "removed" : "can be removed")")
        }
        Console.printError("\n" + inputs.skipText)
        if !isComplete { throw ExitCode(2) }
        if write ? !(outcome.refused.isEmpty && removal.refused.isEmpty) : !outcome.files.isEmpty { throw ExitCode(1) }
    }

    private static func title(_ finding: Finding) -> String {
        "\(finding.location.file):\(finding.location.start): \(finding.policyID)"
            + (finding.policySlug.isEmpty ? "" : " \(finding.policySlug)")
    }
}

extension FixRun.Outcome {
    /// Adds the texts without exceptions that nothing needs.
    /// - Parameter known: the files that change anyway, as they are.
    /// - Returns: the others that change, as they are.
    fileprivate mutating func add(_ removal: ExceptionRemoval.Outcome, to known: [SourceFile]) -> [SourceFile] {
        let changed = removal.texts.values.sorted { $0.path < $1.path }
        var other = FixRun.Outcome()
        other.files = changed
        add(other)
        let paths = Set(known.map(\.path))
        return changed.filter { !paths.contains($0.path) }.compactMap { file in
            (try? FileSystem.read(file.path)).map { SourceFile(path: file.path, bytes: $0) }
        }
    }

    /// Adds what is fixed in the texts that something is built of.
    /// - Parameter state: what is built and how it is judged, after the fixes of files that no build uses.
    /// - Returns: the files that change, as they are.
    fileprivate mutating func add(_ fixes: OriginFixRun, to state: BuiltState) -> [SourceFile] {
        let built = fixes.run(state)
        let plain = before.findings
        before = built.before
        before.findings = plain + built.before.findings.filter(fixes.isBuilt)
        add(built)
        return built.files.compactMap { file in
            (try? FileSystem.read(file.path)).map { SourceFile(path: file.path, bytes: $0) }
        }
    }
}
