import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs

extension PolicySetup {
    /// Reads the configuration files in the folders of the files of a run, below that of the configuration of the run, and leaves
    /// out what it must not look at. Another file counts only when none was named on the command line.
    mutating func addLayers(for found: inout FileDiscovery.Result, of copy: FileCopy?) {
        layers.copy = copy.map { ($0.folder, $0.original) }
        let own = hasNamedConfiguration ? [] : readLayers(for: found.files.map { copy?.path(inOriginal: $0.path) ?? $0.path })
        if own.isEmpty, configuration.include.isEmpty, configuration.exclude.isEmpty { return }
        let configurations = Set(own.map(FileSystem.plainAbsolute))
        found.leaveOutFound { file in
            configurations.contains(FileSystem.plainAbsolute(copy?.path(inOriginal: file.path) ?? file.path))
                || layers.leavesOut(file.path, configuration)
        }
    }

    /// The paths of the files that were read.
    mutating func readLayers(for files: [String]) -> Set<String> {
        let top =
            configuration.path.map { FilePath.folder(of: $0) } ?? ConfigurationFinder.repository(of: ".") ?? "."
        var paths: Set<String> = []
        let first = layers.layers.count
        for path in ConfigurationLayers.files(for: files.filter { $0 != "-" }, below: top) where Self.isConfiguration(path) {
            let result = ConfigurationReader.read(path, policies: set.all, isLocal: true)
            problems += result.problems
            layers.add(result.configuration)
            paths.insert(path)
        }
        if paths.isEmpty { return [] }
        holdLayers(from: first)
        // Where entries apply is in them, so all can stand together.
        configuration.exceptions += layers.layers[first...].flatMap(\.configuration.exceptions)
        let changes = layers.changes(among: set.policies).filter { change in settings?.changes.contains(change) != true }
        if settings == nil { settings = RunSettings(path: "", floor: floor?.path ?? "", changes: []) }
        settings?.changes += changes
        return paths
    }

    /// Manifests and workflows may be called so too: a file that says none of what configurations say is none.
    private static func isConfiguration(_ path: String) -> Bool {
        guard let bytes = try? FileSystem.read(path, limit: 1 << 20) else { return true }
        guard let document = YAMLReader().read(SourceFile(path: path, bytes: bytes)).documents.first else { return false }
        return document.withRoot { root in
            guard root.kind == .object, root.field("apiVersion").isUndefined || root.field("kind").isUndefined else {
                return false
            }
            return root.keys.contains { ConfigurationReader.keys.contains($0.string) }
        }
    }

    /// Takes from the layers what the floor does not allow.
    mutating func holdLayers(from first: Int) {
        guard let floor else { return }
        var ignored: [Diagnostic] = []
        var number = 0
        layers.replaceEach { layer in
            defer { number += 1 }
            if number < first { return layer }
            let (held, problems) = floor.applied(toPart: layer)
            ignored += problems
            return held
        }
        problems += ignored
    }
}
