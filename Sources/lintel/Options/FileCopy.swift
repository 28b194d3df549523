import Catalogue
import Findings
import Inputs
import Judging
import Schemas

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
    ///   - entries: the files of the other state. What has the same contents is found by reading it, as git keeps in mind what it
    ///     looked at last, which may be wrong when it was told not to look.
    ///   - changedModules: the submodules that differ.
    /// - Returns: the names of those that have to be written, each with a zero behind it.
    mutating func linkUnchanged(_ entries: [GitEntry], changedModules: Set<String>) -> [UInt8] {
        var others: [UInt8] = [], made: Set<Substring> = [], unchanged: Set<String> = []
        for entry in entries {
            let name = entry.name
            // A submodule is another repository; at the same commit, and clean, its files are the same.
            if entry.kind == .submodule {
                if !changedModules.contains(name) { link(folder: name, into: &unchanged) }
                continue
            }
            let parent = name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[..<$0] } ?? ""
            if made.insert(parent).inserted { FileSystem.makeFolders("\(folder)/\(parent)") }
            let isSame = name.utf8.elementsEqual(entry.path) && isSame(entry)
            if isSame { unchanged.insert(name) }
            if isSame, Glibc.link("\(original)/\(name)", "\(folder)/\(name)") == 0 { continue }
            others += entry.path + [0]
        }
        self.unchanged = unchanged
        return others
    }

    /// Whether the original of a file has the contents of its other state, byte for byte.
    private func isSame(_ entry: GitEntry) -> Bool {
        let path = "\(original)/\(entry.name)"
        switch (try? FileSystem.status(of: path, followingLinks: false))?.kind {
        case .file: return entry.kind == .file && ((try? FileSystem.read(path)).map(entry.holds) ?? false)
        case .link: return entry.kind == .link && entry.holds(Array(Self.target(of: path).utf8))
        default: return false
        }
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

    /// Findings that need no other side: of objects that stand in unchanged files, by policies that look at nothing else and by
    /// the types of the API.
    func settled(_ report: Report, _ releases: ReleaseRange?) -> (open: [Finding], unchanged: [Finding]) {
        guard let isUnchanged else { return (report.findings, []) }
        let types = Set(report.policies.lazy.filter { $0.origin == .types }.map(\.id))
        let alone = Set(report.policies.lazy.filter { $0.origin != .types && $0.scope == .object }.map(\.id))
        var builtin: [GroupVersionKind: Bool] = [:]
        func needsNoOther(_ finding: Finding) -> Bool {
            if alone.contains(finding.policyID) { return true }
            guard types.contains(finding.policyID) else { return false }
            let kind = finding.resource.type, isBuiltin = builtin[kind] ?? TypeJudge.isBuiltin(kind, in: releases)
            builtin[kind] = isBuiltin
            return isBuiltin
        }
        var open: [Finding] = [], unchanged: [Finding] = [], known: [String: Bool] = [:]
        for finding in report.findings {
            guard finding.origin.isEmpty, needsNoOther(finding) else {
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
