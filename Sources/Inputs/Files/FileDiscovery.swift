package import Diagnostics
import Text

/// A file to be checked.
package struct InputFile: Sendable, Hashable {
    /// How it is opened and shown; `-` is standard input.
    package var path: String
    /// The name shown for it when it differs from `path`.
    package var displayName: String?
    /// Whether a search of a folder found it, and its name begins with a dot.
    package var isHidden = false

    package init(path: String, displayName: String? = nil) {
        self.path = path
        self.displayName = displayName
    }

    /// The name in reports.
    package var shownPath: String { displayName ?? path }
}

/// Finds the files that arguments of the command line mean.
package struct FileDiscovery: Sendable {
    /// The suffixes a folder is searched for.
    package var suffixes: Set<String>
    /// Names of further files, without a suffix, that a folder is searched for.
    package var names: Set<String> = []
    /// When not empty, files of folders must fit one of these.
    package var include: [PathGlob]
    /// Files and folders that fit one of these are left out.
    package var exclude: [PathGlob]
    /// Files that are left out of folders, by path.
    package var leftOut: Set<String> = []
    /// Whether files with hidden names are found, and hidden folders and files that are none are listed as skipped.
    package var looksAtHidden = false
    /// Folders below an argument that are searched at most.
    package var mostFolders = Int.max

    package init(suffixes: Set<String> = ["yaml", "yml", "json"], include: [PathGlob] = [], exclude: [PathGlob] = []) {
        self.suffixes = suffixes
        self.include = include
        self.exclude = exclude
    }

    /// What a search found.
    package struct Result: Sendable {
        /// Each file once, in the order of the arguments and, below a folder, of the paths' bytes.
        package var files: [InputFile] = []
        /// Arguments and files that cannot be read.
        package var problems: [Diagnostic] = []
        /// What was found and cannot hold manifests.
        package var skipped: [SkippedDocument] = []
        /// What each argument led to.
        package var arguments: [Argument] = []
        /// Whether no folder was left out because there were too many.
        package var isComplete = true

        /// Leaves out files that searches of folders found; those that were named stay.
        package mutating func leaveOutFound(where isLeftOut: (InputFile) -> Bool) {
            var kept: [InputFile] = []
            for index in arguments.indices {
                let own = files[arguments[index].files]
                let first = kept.count
                kept += arguments[index].isFolder ? own.filter { !isLeftOut($0) } : Array(own)
                arguments[index].files = first..<kept.count
            }
            files = kept
        }
    }

    /// What a path of the command line led to.
    package struct Argument: Sendable {
        /// The path without what is redundant in it.
        package var path: String
        package var isFolder: Bool
        /// Places in `files`.
        package var files: Range<Int>
    }

    /// The files that the paths name; folders are searched to any depth, and hidden files are among them, as with
    /// `kubectl apply`, when asked for; hidden folders never are.
    package func files(at paths: [String]) -> Result {
        var search = Search(options: self)
        for path in paths { search.addArgument(path) }
        return search.result
    }

    /// Links are followed after everything reached without one, so that a file is reported under its real path.
    private struct Search {
        let options: FileDiscovery
        var result = Result()
        var seen: Set<FileSystem.Identity> = []
        /// Folders that were read.
        var searched = 0

        mutating func addArgument(_ argument: String) {
            let first = result.files.count
            var path = argument, isFolder = false
            defer { result.arguments.append(Argument(path: path, isFolder: isFolder, files: first..<result.files.count)) }
            if argument == "-" {
                result.files.append(InputFile(path: "-"))
                return
            }
            path = FilePath.normalized(argument)
            do {
                let status = try FileSystem.status(of: path)
                isFolder = status.kind == .folder
                if isFolder {
                    searchTree(path, identity: status.identity)
                } else if !options.exclude.contains(where: { $0.matches(path) }), seen.insert(status.identity).inserted {
                    result.files.append(InputFile(path: path))
                }
            } catch {
                report(error)
            }
        }

        private mutating func searchTree(_ root: String, identity: FileSystem.Identity) {
            guard seen.insert(identity).inserted else { return }
            let first = result.files.count
            var links: [String] = []
            searched = 0
            let firstSkipped = result.skipped.count
            searchFolder(root, root: root, links: &links)
            var next = 0
            while next < links.count {
                followLink(links[next], root: root, links: &links)
                next += 1
            }
            result.files[first...].sort { ExactText.precedes($0.path, $1.path) }
            result.skipped[firstSkipped...].sort { ExactText.precedes($0.path, $1.path) }
        }

        private mutating func searchFolder(_ folder: String, root: String, links: inout [String]) {
            var folders = [folder]
            while let folder = folders.popLast() {
                if searched == options.mostFolders {
                    result.isComplete = false
                    return
                }
                searched += 1
                let entries: FileSystem.Entries
                do { entries = try FileSystem.entries(of: folder) } catch {
                    report(error)
                    continue
                }
                for (name, mayBeFolder) in entries.unreadable {
                    let path = FilePath.join(folder, name)
                    if isExcluded(path, root: root) || !mayBeFolder && !wants(path, root: root) { continue }
                    report(FileError(path: path, cause: .other("the name is not UTF-8; rename it")))
                }
                for (name, isFile) in entries.named where looksAt(name) {
                    let path = FilePath.join(folder, name)
                    // Most files of a repository are none of ours, and cost no look.
                    if isFile, !wants(path, root: root) { continue }
                    if isExcluded(path, root: root) { continue }
                    do {
                        let status = try FileSystem.status(of: path, followingLinks: false)
                        switch status.kind {
                        case .folder where name.hasPrefix("."):
                            if seen.insert(status.identity).inserted { skip(path, .hiddenFolder) }
                        case .folder: if seen.insert(status.identity).inserted { folders.append(path) }
                        case .file: addFile(path, status: status, root: root)
                        case .link: links.append(path)
                        case .special: skipSpecial(path, root: root)
                        }
                    } catch {
                        // What went away meanwhile is missed when it would have been read; what cannot be looked at, always.
                        if error.cause != .missing || wants(path, root: root) { report(error) }
                    }
                }
            }
        }

        private func looksAt(_ name: String) -> Bool {
            !name.hasPrefix(".") || name == ".sops.yaml" || options.looksAtHidden && name != ".git"
        }

        private mutating func followLink(_ path: String, root: String, links: inout [String]) {
            do {
                let status = try FileSystem.status(of: path)
                switch status.kind {
                case .folder where FilePath.name(of: path).hasPrefix("."):
                    if seen.insert(status.identity).inserted { skip(path, .hiddenFolder) }
                case .folder:
                    if seen.insert(status.identity).inserted { searchFolder(path, root: root, links: &links) }
                case .file: addFile(path, status: status, root: root)
                case .special: skipSpecial(path, root: root)
                case .link: break
                }
            } catch {
                guard wants(path, root: root) else { return }
                if error.cause == .missing, FilePath.name(of: path).hasPrefix(".") {
                    // Editors mark open files by such links.
                    skip(path, .hiddenFile)
                } else if error.cause == .missing {
                    report(FileError(path: path, cause: .other("symbolic link to a file that does not exist")))
                } else {
                    report(error)
                }
            }
        }

        private mutating func addFile(_ path: String, status: FileSystem.Status, root: String) {
            if wants(path, root: root), !options.leftOut.contains(path), seen.insert(status.identity).inserted {
                var file = InputFile(path: path)
                let name = FilePath.name(of: path)
                file.isHidden = name.hasPrefix(".") && name != ".sops.yaml"
                result.files.append(file)
            }
        }

        private mutating func skip(_ path: String, _ reason: SkippedDocument.Reason) {
            if options.looksAtHidden { result.skipped.append(SkippedDocument(file: path, reason: reason)) }
        }

        private mutating func skipSpecial(_ path: String, root: String) {
            if wants(path, root: root) { skip(path, .specialFile) }
        }

        private func relative(_ path: String, to root: String) -> String {
            if root == "." { return path }
            return path.hasPrefix(root) ? String(path.dropFirst(root.count).drop { $0 == "/" }) : path
        }

        private func isExcluded(_ path: String, root: String) -> Bool {
            if options.exclude.isEmpty { return false }
            let relative = relative(path, to: root)
            return options.exclude.contains { $0.matches(relative) || $0.matches(path) }
        }

        private func wants(_ path: String, root: String) -> Bool {
            let isWanted =
                !options.suffixes.isEmpty && options.suffixes.contains(FilePath.suffix(of: path))
                || !options.names.isEmpty && options.names.contains(String(FilePath.name(of: path)))
            guard isWanted else { return false }
            if options.include.isEmpty { return true }
            let relative = relative(path, to: root)
            return options.include.contains { $0.matches(relative) || $0.matches(path) }
        }

        private mutating func report(_ error: FileError) {
            result.problems.append(Diagnostic(reading: error))
        }
    }
}

extension Diagnostic {
    /// The problem that a file could not be read.
    package init(reading error: FileError) {
        self.init(code: "file_error", message: "cannot read \(error.path): \(error.reason)")
    }
}
