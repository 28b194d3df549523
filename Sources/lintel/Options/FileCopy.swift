import Catalogue
import Findings
import Inputs
import Judging

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Another state of the files that are checked, in a folder of its own.
struct FileCopy: Sendable {
    /// The folder whose files are checked, absolute.
    let original: String
    /// The folder with their other state, absolute.
    let folder: String
    /// Files that are the same on both sides, from the folder; nil when that is not known.
    var unchanged: Set<String>?

    init(original: String, folder: String) {
        self.original = original
        self.folder = folder
    }

    /// A path of the original in the copy.
    func path(inCopy path: String) -> String { folder + rest(of: path, below: original) }

    /// A path of the copy in the original.
    func path(inOriginal path: String) -> String {
        let absolute = FileSystem.plainAbsolute(path)
        return absolute.hasPrefix(folder + "/") ? original + rest(of: path, below: folder) : path
    }

    private func rest(of path: String, below folder: String) -> String {
        let absolute = FileSystem.plainAbsolute(path)
        return absolute.hasPrefix(folder + "/") ? String(absolute.dropFirst(folder.utf8.count)) : ""
    }

    /// Whether a file of the copy is the same in the original.
    var isUnchanged: (@Sendable (String) -> Bool)? {
        guard let unchanged else { return nil }
        let (original, folder) = (original, folder)
        return { path in
            let absolute = FileSystem.plainAbsolute(path)
            for root in [folder, original] where absolute.hasPrefix(root + "/") {
                return unchanged.contains(String(absolute.dropFirst(root.utf8.count + 1)))
            }
            return false
        }
    }

    /// Puts the files that are the same on both sides into the copy as further names of the originals: making files costs far
    /// more than reading them.
    /// - Parameters:
    ///   - entries: what `git ls-files --stage -z` prints, each with mode and name.
    ///   - changed: the names of what differs.
    /// - Returns: the names of those that have to be written, each with a zero behind it.
    mutating func linkUnchanged(_ entries: [ArraySlice<UInt8>], changed: Set<String>) -> [UInt8] {
        var others: [UInt8] = [], made: Set<Substring> = [], unchanged: Set<String> = []
        for entry in entries {
            guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            let bytes = entry[(tab + 1)...], name = String(decoding: bytes, as: UTF8.self)
            let isSame = !changed.contains(name) && name.utf8.elementsEqual(bytes)
            // A submodule is another repository; at the same commit, and clean, its files are the same.
            if entry.starts(with: "160000".utf8) {
                if isSame { link(folder: name, into: &unchanged) }
                continue
            }
            let parent = name.lastIndex(of: "/").map { name[..<$0] } ?? ""
            if made.insert(parent).inserted { FileSystem.makeFolders("\(folder)/\(parent)") }
            if isSame { unchanged.insert(name) }
            if isSame, Glibc.link("\(original)/\(name)", "\(folder)/\(name)") == 0 { continue }
            others += bytes + [0]
        }
        self.unchanged = unchanged
        return others
    }

    /// Puts the files of a folder into the copy.
    private func link(folder name: String, into unchanged: inout Set<String>) {
        FileSystem.makeFolders("\(folder)/\(name)")
        for child in (try? FileSystem.names(in: "\(original)/\(name)")) ?? [] where child != ".git" {
            let path = "\(name)/\(child)", source = "\(original)/\(path)", target = "\(folder)/\(path)"
            switch (try? FileSystem.status(of: source, followingLinks: false))?.kind {
            case .folder: link(folder: path, into: &unchanged)
            case .file:
                unchanged.insert(path)
                if Glibc.link(source, target) == 0 { continue }
                if let bytes = try? FileSystem.read(source) { try? FileSystem.write(bytes, to: target) }
            case .link: symlinkat(Self.target(of: source), AT_FDCWD, target)
            default: break
            }
        }
    }

    private static func target(of path: String) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = buffer.withUnsafeMutableBytes { bytes in
            readlink(path, bytes.baseAddress!.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    /// Findings that need no other side: of objects that stand in unchanged files, by policies that look at nothing else.
    func settled(_ report: Report) -> (open: [Finding], unchanged: [Finding]) {
        guard let isUnchanged else { return (report.findings, []) }
        let alone = Set(report.policies.lazy.filter { $0.origin != .types && $0.scope == .object }.map(\.id))
        var open: [Finding] = [], unchanged: [Finding] = [], known: [String: Bool] = [:]
        for finding in report.findings {
            guard finding.origin.isEmpty, alone.contains(finding.policyID) else {
                open.append(finding)
                continue
            }
            let file = finding.location.file
            let isSame = known[file] ?? isUnchanged(file)
            known[file] = isSame
            if isSame { unchanged.append(finding) } else { open.append(finding) }
        }
        return (open, unchanged)
    }
}
