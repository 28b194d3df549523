import ArgumentParser
import Findings
import Inputs
import Judging
import Synchronization

/// The state that a run is compared with. It is fetched and checked on threads of its own while the run goes on.
final class OtherSide {
    let basis: Comparison.Basis
    /// The folder or revision as it was named.
    let name: String

    private typealias Checked = (report: Report, copy: FileCopy, objects: EarlierObjects)

    /// The run that checks it, with where its files are.
    private let run: Background<CheckRun>
    private let checked = Box()

    /// What was begun, if anything.
    private final class Box: Sendable {
        private let content = Mutex<Background<Checked>?>(nil)
        var check: Background<Checked>? {
            get { content.withLock { $0 } }
            set { content.withLock { $0 = newValue } }
        }
    }

    /// The files of another folder.
    init(of run: CheckRun, at path: String, folder: String) {
        (basis, name) = (.folder, folder)
        self.run = Background {
            let copy = FileCopy(original: FileSystem.plainAbsolute(path), folder: FileSystem.plainAbsolute(folder))
            return Self.check(as: run, [folder], copy)
        }
    }

    /// The files of a revision of git; `GitRevision` says what the arguments mean.
    init(of run: CheckRun, at paths: [String], revision: String, sinceFork: Bool) {
        (basis, name) = (.revision, revision)
        self.run = Background {
            let git = try GitRevision(revision, at: paths, sinceFork: sinceFork)
            let inCopy = paths.map { git.copy.path(inCopy: $0) }.filter { (try? FileSystem.status(of: $0)) != nil }
            var check = Self.check(as: run, inCopy.isEmpty ? [git.copy.folder] : inCopy, git.copy)
            check.revision = git
            return check
        }
    }

    private static func check(as run: CheckRun, _ paths: [String], _ copy: FileCopy) -> CheckRun {
        var check = run
        check.paths = paths
        check.copy = copy
        check.templateCoverage = nil
        check.reporting.isQuiet = true
        check.reporting.allowsEmpty = true
        return check
    }

    /// Begins the check.
    func begin(_ setup: PolicySetup) {
        let run = run
        checked.check = Background {
            var check = try run.value()
            guard let copy = check.copy else { throw ExitCode(2) }
            let objects = EarlierObjects { copy.path(inOriginal: FileSystem.plainAbsolute($0)) }
            check.noted = objects
            // What was read is in memory.
            defer { check.revision?.remove() }
            return (try check.report(setup, RunGuard(check.limits), start: Console.seconds), copy, objects)
        }
    }

    /// Waits for the objects of that state, once the check was begun; gives nil when it cannot be read.
    var earlier: @Sendable () -> EarlierObjects? {
        let checked = checked
        return { (try? checked.check?.value())?.objects }
    }

    /// What the check finds, and where its files were.
    /// - Throws: `ExitCode` 2 after saying why there is no such state.
    func outcome(_ setup: PolicySetup) throws -> (report: Report, copy: FileCopy) {
        if checked.check == nil { begin(setup) }
        do {
            guard let checked = checked.check else { throw ExitCode(2) }
            let (report, copy, _) = try checked.value()
            return (report, copy)
        } catch let problem as GitRevision.Problem {
            Console.fail(problem.message)
            throw ExitCode(2)
        }
    }
}
