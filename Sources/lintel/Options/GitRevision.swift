import Catalogue
import Inputs

#if canImport(Glibc)
    @preconcurrency import Glibc
#else
    import Darwin
#endif

/// The files of a revision of git in a folder of their own, which goes away with it. Hooks and file monitors do not run.
final class GitRevision: Sendable {
    struct Problem: Error {
        var message: String
    }

    let copy: FileCopy
    private let scratch: String

    /// - Parameters:
    ///   - paths: what is checked, all of it in one repository.
    ///   - sinceFork: whether the revision is meant as it was when the present one was made from it.
    init(_ revision: String, at paths: [String], sinceFork: Bool) throws(Problem) {
        let roots = Set(paths.map { ConfigurationFinder.repository(of: $0) })
        guard roots.count == 1, let found = roots.first, let root = found else {
            throw Problem(message: "\(paths.joined(separator: ", ")): not in one repository of git")
        }
        let git = GitProcess(folder: root)
        var commit = try git.line(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"],
            "git knows no revision \"\(revision)\"")
        if sinceFork, let fork = try? git.line(["merge-base", "HEAD", commit], "") { commit = fork }
        let differing = try git.run([
            "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "-z", commit,
            "--",
        ])
        var changed = Set(differing.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
        changed.formUnion(try git.unwatched())
        var template = Array("\(Console.environment("TMPDIR") ?? "/tmp")/lintel-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw Problem(message: "no temporary folder can be made") }
        scratch = String(cString: made)
        var copy = FileCopy(original: root, folder: "\(scratch)/files")
        mkdir("\(scratch)/files/", 0o700)
        // The copy is the root of a repository, as the original is.
        mkdir("\(scratch)/files/.git", 0o700)
        do throws(Problem) {
            let index = ["GIT_INDEX_FILE=\(scratch)/index"]
            _ = try git.run(["read-tree", commit], environment: index)
            let entries = try git.run(["ls-files", "--stage", "-z"], environment: index).split(separator: 0)
            let others = copy.linkUnchanged(entries, changed: changed)
            if !others.isEmpty {
                _ = try git.run(
                    ["checkout-index", "--force", "--prefix=\(scratch)/files/", "-z", "--stdin"], environment: index,
                    input: others)
            }
        } catch {
            Self.remove(scratch)
            throw error
        }
        self.copy = copy
    }

    deinit { remove() }

    /// Removes the files; nothing needs them any more.
    func remove() { Self.remove(scratch) }

    /// A revision as people read it: of the name of a commit the beginning.
    static func shown(_ revision: String) -> String {
        let isCommit = revision.utf8.count == 40 && revision.allSatisfy(\.isHexDigit)
        return isCommit ? String(revision.prefix(12)) : revision
    }

    /// Whether a repository has a revision.
    static func knows(_ revision: String, at paths: [String]) -> Bool {
        guard let root = paths.lazy.compactMap({ ConfigurationFinder.repository(of: $0) }).first else { return false }
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(revision)^{commit}"]
        return (try? GitProcess(folder: root).run(arguments)) != nil
    }

    /// The commit that two revisions were both made from.
    static func fork(of first: String, and second: String, at paths: [String]) throws(Problem) -> String {
        guard let root = paths.lazy.compactMap({ ConfigurationFinder.repository(of: $0) }).first else {
            throw Problem(message: "\(paths.joined(separator: ", ")): not in a repository of git")
        }
        return try GitProcess(folder: root).line(
            ["merge-base", "--end-of-options", first, second],
            "git knows no commit that \(first) and \(second) were both made from")
    }

    private static func remove(_ folder: String) {
        for name in (try? FileSystem.names(in: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            if (try? FileSystem.status(of: path, followingLinks: false))?.kind == .folder { remove(path) } else { unlink(path) }
        }
        rmdir(folder)
    }
}

/// Runs git.
struct GitProcess {
    /// The repository.
    let folder: String
    /// Settings that switch off the programs through which files go on their way to the working tree.
    private var filters: [String] = []

    init(folder: String) {
        self.folder = folder
        let names =
            (try? run(["config", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|smudge|process|required)$"])) ?? []
        filters = names.split(separator: UInt8(ascii: "\n")).map { line in
            let name = String(decoding: line, as: UTF8.self)
            return name + (name.hasSuffix(".required") ? "=false" : "=")
        }
    }

    /// Files that git was told not to look at, so that it knows nothing of their changes.
    func unwatched() throws(GitRevision.Problem) -> [String] {
        try run(["ls-files", "-v", "-z"]).split(separator: 0).compactMap { entry in
            guard let tag = entry.first, tag == UInt8(ascii: "S") || (0x61...0x7A).contains(tag) else { return nil }
            return String(decoding: entry.dropFirst(2), as: UTF8.self)
        }
    }

    /// The first line of what it prints.
    func line(_ arguments: [String], _ message: String) throws(GitRevision.Problem) -> String {
        do throws(GitRevision.Problem) {
            let output = try run(arguments)
            return String(decoding: output.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        } catch {
            throw message.isEmpty || error.message.contains("cannot be run") ? error : GitRevision.Problem(message: message)
        }
    }

    /// What it prints on standard output.
    /// - Throws: `Problem` with what it prints on standard error when it fails.
    func run(
        _ arguments: [String], environment: [String] = [], input: [UInt8] = []
    ) throws(GitRevision.Problem) -> [UInt8] {
        let fixed = [
            "git", "-C", folder, "--no-pager", "--no-optional-locks", "-c", "core.hooksPath=/dev/null", "-c",
            "core.fsmonitor=false",
        ]
        guard let output = tmpfile(), let errors = tmpfile(), let words = tmpfile() else {
            throw GitRevision.Problem(message: "no temporary file can be made")
        }
        defer {
            fclose(words)
            fclose(output)
            fclose(errors)
        }
        guard fwrite(input, 1, input.count, words) == input.count, fflush(words) == 0 else {
            throw GitRevision.Problem(message: "a temporary file cannot be written")
        }
        rewind(words)
        let status = Self.spawn(
            fixed + filters.flatMap { ["-c", $0] } + arguments,
            environment + ["GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_LAZY_FETCH=1"],
            fileno(words), fileno(output), fileno(errors))
        guard let status else { throw GitRevision.Problem(message: "git cannot be run: it is not installed") }
        if status != 0 {
            let text = String(decoding: Self.contents(errors), as: UTF8.self)
            throw GitRevision.Problem(
                message: "git \(arguments[0]) failed: \(text.split(separator: "\n").first.map(String.init) ?? "code \(status)")")
        }
        return Self.contents(output)
    }

    private static func contents(_ file: UnsafeMutablePointer<FILE>) -> [UInt8] {
        rewind(file)
        var bytes: [UInt8] = [], buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// The exit status; nil when the program cannot be started.
    private static func spawn(
        _ arguments: [String], _ added: [String], _ input: Int32, _ output: Int32, _ errors: Int32
    ) -> Int32? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO)
        let names = added.map { $0.prefix { $0 != "=" } + "=" }
        var variables: [String] = [], entry = environ
        while let text = entry.pointee {
            let variable = String(cString: text)
            if !names.contains(where: { variable.hasPrefix($0) }) { variables.append(variable) }
            entry += 1
        }
        let words = (arguments.map { strdup($0) } + [nil]), environment = ((variables + added).map { strdup($0) } + [nil])
        defer { for text in words + environment { free(text) } }
        var process = pid_t()
        guard posix_spawnp(&process, "git", &actions, nil, words, environment) == 0 else { return nil }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128
    }
}
