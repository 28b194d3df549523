import ArgumentParser
import Inputs

/// What the arguments of `lintel diff` name.
struct DiffArguments {
    /// A state of files.
    enum State: Equatable {
        /// Files and folders as they are.
        case paths([String])
        /// Files and folders as a revision of git has them.
        case revision(String, [String])
    }

    var old: State
    var new: State

    /// `A B`, `A..B PATH…`, `A...B PATH…`, `REVISION PATH…` and `REVISION REVISION PATH…`. What is there as a file or folder is
    /// that, everything else a revision.
    ///
    /// - Throws: `ValidationError` when they name less or more than two states.
    init(_ arguments: [String]) throws {
        guard let first = arguments.first else {
            throw ValidationError(
                "Name what to compare: two files or folders, or a revision of git and what it is compared with.")
        }
        let rest = Array(arguments.dropFirst())
        if Self.exists(first) {
            guard let second = rest.first else {
                throw ValidationError(
                    "\(first) is compared with nothing: name a second file or folder, or a revision of git before it.")
            }
            if rest.count > 1 {
                throw ValidationError("Two files or folders are compared with each other, not \(arguments.count).")
            }
            old = .paths([first])
            new = Self.exists(second) ? .paths([second]) : .revision(second, [first])
            return
        }
        if let (from, to, isFork) = Self.range(first) {
            let paths = rest.isEmpty ? ["."] : rest
            let start = isFork ? try Self.fork(from, to, paths) : from
            (old, new) = (.revision(start, paths), .revision(to, paths))
            return
        }
        if let second = rest.first, !Self.exists(second), Self.isRevision(second, rest) {
            let paths = rest.count == 1 ? ["."] : Array(rest.dropFirst())
            (old, new) = (.revision(first, paths), .revision(second, paths))
            return
        }
        let paths = rest.isEmpty ? ["."] : rest
        (old, new) = (.revision(first, paths), .paths(paths))
    }

    private static func exists(_ path: String) -> Bool { path == "-" || (try? FileSystem.status(of: path)) != nil }

    /// The ends of `A..B` and `A...B`; an end that is left out is HEAD.
    private static func range(_ text: String) -> (from: String, to: String, isFork: Bool)? {
        guard let dots = text.firstRange(of: "..") else { return nil }
        var rest = text[dots.upperBound...]
        let isFork = rest.first == "."
        if isFork { rest = rest.dropFirst() }
        let from = String(text[..<dots.lowerBound]), to = String(rest)
        return (from.isEmpty ? "HEAD" : from, to.isEmpty ? "HEAD" : to, isFork)
    }

    private static func isRevision(_ name: String, _ rest: [String]) -> Bool {
        GitRevision.knows(name, at: rest.count == 1 ? ["."] : Array(rest.dropFirst()))
    }

    private static func fork(_ from: String, _ to: String, _ paths: [String]) throws -> String {
        do throws(GitRevision.Problem) { return try GitRevision.fork(of: from, and: to, at: paths) } catch {
            Console.fail(error.message)
            throw ExitCode(2)
        }
    }
}
