import Catalogue
import Crypto
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
        let entries = try git.run(["ls-tree", "-r", "-z", "--full-tree", commit]).split(separator: 0)
            .compactMap(GitEntry.init)
        let modules = entries.filter { $0.kind == .submodule }.map(\.name)
        let changedModules = try git.changed(modules, since: commit)
        guard let made = ScratchFolder.make() else { throw Problem(message: "no temporary folder can be made") }
        scratch = made
        var copy = FileCopy(original: root, folder: "\(scratch)/files")
        mkdir("\(scratch)/files/", 0o700)
        // The copy is the root of a repository, as the original is.
        mkdir("\(scratch)/files/.git", 0o700)
        do throws(Problem) {
            let others = copy.linkUnchanged(entries, changedModules: changedModules)
            if !others.isEmpty {
                let index = ["GIT_INDEX_FILE=\(scratch)/index"]
                _ = try git.run(["read-tree", commit], environment: index)
                _ = try git.run(
                    ["checkout-index", "--force", "--prefix=\(scratch)/files/", "-z", "--stdin"], environment: index,
                    input: others, isFiltered: true)
            }
        } catch {
            ScratchFolder.remove(scratch)
            throw error
        }
        self.copy = copy
    }

    deinit { remove() }

    /// Removes the files; nothing needs them any more.
    func remove() { ScratchFolder.remove(scratch) }

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
}

/// A file of a revision, as `git ls-tree` prints it: mode, type and name of the object, and the path.
struct GitEntry {
    enum Kind { case file, link, submodule }

    let kind: Kind
    /// The name of the object that holds the contents, in hexadecimal digits.
    let object: ArraySlice<UInt8>
    /// From the root of the repository, as git has it.
    let path: ArraySlice<UInt8>
    /// The path as text.
    let name: String

    init?(_ line: ArraySlice<UInt8>) {
        guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
        let words = line[..<tab].split(separator: UInt8(ascii: " "))
        guard words.count == 3 else { return nil }
        kind = words[0].elementsEqual("160000".utf8) ? .submodule : words[0].elementsEqual("120000".utf8) ? .link : .file
        object = words[2]
        path = line[(tab + 1)...]
        name = String(decoding: path, as: UTF8.self)
    }

    /// Whether the object holds these bytes, in a repository of either format of names.
    func holds(_ contents: [UInt8]) -> Bool {
        let head = Array("blob \(contents.count)\0".utf8)
        switch object.count {
        case 40: return isName(Self.digest(Insecure.SHA1(), head, contents))
        case 64: return isName(Self.digest(SHA256(), head, contents))
        default: return false
        }
    }

    private static func digest(_ function: some HashFunction, _ head: [UInt8], _ contents: [UInt8]) -> [UInt8] {
        var function = function
        head.withUnsafeBytes { function.update(bufferPointer: $0) }
        contents.withUnsafeBytes { function.update(bufferPointer: $0) }
        return Array(function.finalize())
    }

    private func isName(_ digest: [UInt8]) -> Bool {
        guard object.count == 2 * digest.count else { return false }
        let digits = StaticString("0123456789abcdef").utf8Start
        return digest.indices.allSatisfy { index in
            let start = object.startIndex + 2 * index
            return object[start] == digits[Int(digest[index] >> 4)] && object[start + 1] == digits[Int(digest[index] & 15)]
        }
    }
}

/// Runs git.
struct GitProcess {
    /// The repository.
    let folder: String

    init(folder: String) { self.folder = folder }

    /// Settings that switch off the programs through which files go on their way to the working tree.
    private var withoutFilters: [String] {
        let names =
            (try? run(["config", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|smudge|process|required)$"])) ?? []
        return names.split(separator: UInt8(ascii: "\n")).flatMap { line in
            let name = String(decoding: line, as: UTF8.self)
            return ["-c", name + (name.hasSuffix(".required") ? "=false" : "=")]
        }
    }

    /// Those submodules that stand at another commit, or whose files are no longer as they are in theirs.
    func changed(_ modules: [String], since commit: String) throws(GitRevision.Problem) -> Set<String> {
        if modules.isEmpty { return [] }
        let output = try run(
            [
                "diff", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", "-z", commit,
                "--",
            ]
                + modules.map { ":(top,literal)\($0)" }, isFiltered: true)
        return Set(output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
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
    /// - Parameter isFiltered: whether files may go through programs of the configuration, which are left out.
    /// - Throws: `Problem` with what it prints on standard error when it fails.
    func run(
        _ arguments: [String], environment: [String] = [], input: [UInt8] = [], isFiltered: Bool = false
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
            fixed + (isFiltered ? withoutFilters : []) + arguments,
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
