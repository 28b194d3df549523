import Inputs
import Kustomize

/// The repository that is checked: where it begins, and by which URLs others name it.
struct Repository: Sendable {
    enum Place {
        /// An absolute path in this repository.
        case here(String)
        case elsewhere
        /// The URL means this repository, which does not have the path.
        case missing
    }

    /// Folders that paths may be relative to, the likeliest first; absolute.
    private let roots: [String]
    private let top: String
    /// URLs of this repository, in the form of `normalized`; empty when none is known.
    private let urls: Set<String>
    /// The folders that are checked; absolute.
    private let checked: [String]
    private let disk = DiskFiles()
    /// The folder that shown paths are relative to; absolute.
    private let working: String

    init(_ settings: BuildSettings, arguments: [String]) {
        working = settings.workingFolder
        let git = Self.gitRoot(above: working)
        let declared = settings.repositoryRoot.flatMap { DiskFiles().resolve($0)?.path }
        var roots = [declared, git, working].compactMap(\.self)
        let folders = arguments.compactMap { DiskFiles().resolve($0) }.map {
            $0.isFolder ? $0.path : FilePath.folder(of: $0.path)
        }
        checked = folders.isEmpty ? [working] : folders
        roots += folders
        self.roots = roots
        top = declared ?? git ?? working
        if settings.repositoryURLs.isEmpty {
            urls = Set(git.map(Self.remotes) ?? [])
        } else {
            urls = Set(settings.repositoryURLs.map(Self.normalized))
        }
    }

    /// The nearest folder from a path up that has a `.git`; nil when there is none.
    static func gitRoot(above folder: String) -> String? {
        var folder = folder
        while true {
            if (try? FileSystem.status(of: FilePath.join(folder, ".git"))) != nil { return folder }
            if folder == "/" || folder == "." { return nil }
            folder = FilePath.folder(of: folder)
        }
    }

    /// The URLs by which a clone's remotes name its repository, for a copy of its files elsewhere.
    ///
    /// - Parameter folder: an absolute path in the clone.
    static func remoteURLs(around folder: String) -> [String] { gitRoot(above: folder).map(remotes) ?? [] }

    /// The URLs of the remotes in a repository's configuration that name a host.
    private static func remotes(_ root: String) -> [String] {
        guard let bytes = try? FileSystem.read(FilePath.join(root, ".git/config"), limit: 1 << 20) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].split(separator: " ").last.map({ $0.trimmed == "url" }) == true else { return nil }
            let url = String(parts[1].trimmed)
            return url.contains("://") && !url.hasPrefix("file:") || url.contains("@") ? normalized(url) : nil
        }
    }

    /// `host/owner/name` of a URL in any of git's forms.
    static func normalized(_ url: String) -> String {
        var text = Substring(url)
        if let scheme = text.range(of: "://") {
            text = text[scheme.upperBound...]
        } else if let colon = text.firstIndex(of: ":"), text[..<colon].contains("@") {
            text = Substring(text[..<colon] + "/" + text[text.index(after: colon)...])
        }
        if let at = text.prefix(while: { $0 != "/" }).lastIndex(of: "@") { text = text[text.index(after: at)...] }
        while text.hasSuffix("/") { text = text.dropLast() }
        if text.hasSuffix(".git") { text = text.dropLast(4) }
        return text.lowercased()
    }

    private static func name(_ url: String) -> Substring { url.split(separator: "/").last ?? "" }

    /// Whether a URL means this repository: it is one of its remotes, or a fork or mirror by the same name. Without any
    /// remote every URL may.
    func isOwn(_ url: String?) -> Bool {
        guard let url, !url.isEmpty, !urls.isEmpty else { return true }
        let wanted = Self.normalized(url)
        return urls.contains(wanted) || urls.contains { Self.name($0) == Self.name(wanted) }
    }

    /// The folder or file at a path of a repository.
    ///
    /// - Parameters:
    ///   - url: the repository; nil for this one.
    ///   - file: the file that names the path; folders above it are tried too.
    ///   - needsManifests: whether a folder that is only guessed to be meant must hold manifests.
    func place(of path: String, in url: String?, near file: String?, needsManifests: Bool = true) -> Place {
        guard isOwn(url) else { return .elsewhere }
        // Where no URL of this repository is known, another one may be meant: only what is checked is looked at then.
        let isGuess = urls.isEmpty && !(url ?? "").isEmpty
        var folders = roots
        if let file, let resolved = disk.resolve(SlashPath.join(working, file))?.path {
            var above: [String] = []
            var folder = FilePath.folder(of: resolved)
            while folder.hasPrefix(top), folder != "/" {
                above.append(folder)
                if folder == top { break }
                folder = FilePath.folder(of: folder)
            }
            folders += above.reversed()
        }
        let relative = path.drop { $0 == "/" }
        for root in folders {
            let wanted = SlashPath.join(root, String(relative))
            // Nothing outside of the repository is looked at.
            guard wanted == root || wanted.hasPrefix(root == "/" ? "/" : root + "/"), let found = disk.resolve(wanted) else {
                continue
            }
            let homes = isGuess ? checked : [top] + roots
            guard homes.contains(where: { SlashPath.contains($0, found.path) }) else { continue }
            if isGuess, needsManifests, found.isFolder, !Self.holdsManifests(found.path) { continue }
            return .here(found.path)
        }
        return isGuess ? .elsewhere : .missing
    }

    /// Whether a folder holds a file that may be a manifest, a kustomization or a chart.
    private static func holdsManifests(_ folder: String) -> Bool {
        ((try? FileSystem.names(in: folder)) ?? []).contains { name in
            !name.hasPrefix(".") && (["yaml", "yml", "json"].contains(FilePath.suffix(of: name)) || name == "Kustomization")
        }
    }
}

extension StringProtocol {
    /// Without blanks at both ends.
    var trimmed: SubSequence {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        let end = lastIndex { !$0.isWhitespace }.map { index(after: $0) } ?? start
        return self[start..<end]
    }

    /// The first place of a text.
    func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
