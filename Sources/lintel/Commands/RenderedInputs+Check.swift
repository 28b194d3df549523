import Diagnostics
import Documents
import Inputs

extension RenderedInputs {
    /// Says beside each build that failed what becomes of its files.
    mutating func explainFailures() {
        for index in contents.indices {
            for problem in contents[index].diagnostics.indices {
                contents[index].diagnostics[problem].notes.append(
                    Diagnostic.Note("the kustomization is not built: its files are checked as they are, its patches not at all"))
            }
        }
    }

    /// Takes away files that a kustomization names as patches and none as a resource: a patch is a part of an object.
    mutating func leaveOutPatches(namedBy all: [InputFile]) {
        var patches: Set<String> = [], resources: Set<String> = []
        let disk = DiskFiles()
        for file in all where ["kustomization.yaml", "kustomization.yml"].contains(FilePath.name(of: file.path)) {
            guard let bytes = try? FileSystem.read(file.path) else { continue }
            let stream = YAMLReader(limits: .standard).read(SourceFile(path: file.path, bytes: bytes))
            guard let document = stream.documents.first else { continue }
            let folder = FilePath.folder(of: file.path)
            func places(_ field: StaticString, _ path: StaticString?) -> [String] {
                let list = document.root.field(field)
                guard list.kind == .array else { return [] }
                return list.elements.compactMap { element in
                    var value = element
                    if let path {
                        guard element.kind == .object else { return nil }
                        value = element.field(path)
                    }
                    guard value.kind == .string else { return nil }
                    return disk.resolve(FilePath.join(folder, value.string))?.path
                }
            }
            withExtendedLifetime(document) {
                patches.formUnion(places("patches", "path") + places("patchesJson6902", "path"))
                patches.formUnion(places("patchesStrategicMerge", nil))
                resources.formUnion(places("resources", nil) + places("bases", nil))
            }
        }
        patches.subtract(resources)
        if patches.isEmpty { return }
        files.removeAll { file in
            guard file.path != "-", let path = disk.resolve(file.path)?.path else { return false }
            return patches.contains(path)
        }
    }

    /// What was built, in one line; nil when nothing was.
    ///
    /// - Parameter count: how many files there were before.
    func summary(of count: Int) -> String? {
        let built = contents.count { $0.diagnostics.isEmpty }
        if built == 0 { return nil }
        let objects = contents.reduce(0) { $0 + $1.resources.count }
        return "Built \(built) \(built == 1 ? "kustomization" : "kustomizations") with \(objects) "
            + "\(objects == 1 ? "object" : "objects"); files that only feed a build are not checked alone: \(count - files.count)."
    }
}

extension FileDiscovery.Result {
    /// Whether a pattern leaves out a file or a folder it is in, as seen from here or from a folder that was searched.
    func excludes(_ file: String, by patterns: [PathGlob]) -> Bool {
        if patterns.isEmpty { return false }
        let parts = file.split(separator: "/")
        let folders = arguments.lazy.filter(\.isFolder).map(\.path)
        return (1...max(1, parts.count)).contains { count in
            let path = (file.hasPrefix("/") ? "/" : "") + parts.prefix(count).joined(separator: "/")
            return patterns.contains { pattern in
                pattern.matches(path)
                    || folders.contains { path.hasPrefix($0 + "/") && pattern.matches(String(path.dropFirst($0.utf8.count + 1))) }
            }
        }
    }
}
