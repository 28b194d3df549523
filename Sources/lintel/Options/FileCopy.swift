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
    /// Files that differ between both, from the folder; nil when that is not known.
    var changed: Set<String>?

    init(original: String, folder: String, changed: Set<String>? = nil) {
        self.original = original
        self.folder = folder
        self.changed = changed
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
        guard let changed else { return nil }
        let (original, folder) = (original, folder)
        return { path in
            let absolute = FileSystem.plainAbsolute(path)
            for root in [folder, original] where absolute.hasPrefix(root + "/") {
                return !changed.contains(String(absolute.dropFirst(root.utf8.count + 1)))
            }
            return false
        }
    }

    /// Puts the files that are the same on both sides into the copy as further names of the originals: making files costs far
    /// more than reading them.
    /// - Parameter entries: what `git ls-files --stage -z` prints, each with mode and name.
    /// - Returns: the names of those that have to be written, each with a zero behind it.
    func linkUnchanged(_ entries: [ArraySlice<UInt8>]) -> [UInt8] {
        var others: [UInt8] = [], made: Set<Substring> = []
        for entry in entries {
            guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { continue }
            // A submodule is another repository.
            if entry.starts(with: "160000".utf8) { continue }
            let bytes = entry[(tab + 1)...], name = String(decoding: bytes, as: UTF8.self)
            let parent = name.lastIndex(of: "/").map { name[..<$0] } ?? ""
            if made.insert(parent).inserted { FileSystem.makeFolders("\(folder)/\(parent)") }
            let isSame = changed?.contains(name) == false && name.utf8.elementsEqual(bytes)
            if isSame, link("\(original)/\(name)", "\(folder)/\(name)") == 0 { continue }
            others += bytes + [0]
        }
        return others
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
