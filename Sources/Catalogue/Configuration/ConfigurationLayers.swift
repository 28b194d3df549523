import Diagnostics
import Inputs

/// The configuration of a run by paths: what the configuration of the run overrides for some files, and the `lintel.yaml` files of
/// folders below it, of which the nearest wins, setting by setting.
package struct ConfigurationLayers: Sendable {
    /// Settings for some files.
    package struct Layer: Sendable {
        /// The file they stand in, as reports show it, with the number of the override when they stand in one.
        package var name: String
        /// The files they are for.
        package var paths: [FolderGlob]
        package var configuration: Configuration
    }

    /// From the one that wins least.
    package private(set) var layers: [Layer] = []
    /// For files that are another state of those of a folder: the folder that they stand in and the one they stand for, absolute;
    /// nil for files as they are.
    package var copy: (from: String, to: String)?

    package init() {}

    package var isEmpty: Bool { layers.isEmpty }

    /// Adds the overrides of the configuration of the run.
    package mutating func add(overridesOf configuration: Configuration) {
        for (index, override) in configuration.overrides.enumerated() {
            layers.append(
                Layer(
                    name: "\(configuration.path ?? "") overrides[\(index)]", paths: override.paths,
                    configuration: override.configuration))
        }
    }

    /// Adds the configuration of a folder below the one of the run.
    package mutating func add(_ configuration: Configuration) {
        var configuration = configuration
        let path = configuration.path ?? ""
        let folder = FolderGlob.absolute(FilePath.folder(of: path))
        for index in configuration.exceptions.indices { configuration.exceptions[index].folder = folder }
        layers.append(
            Layer(name: path, paths: [FolderGlob("**", in: FilePath.folder(of: path))], configuration: configuration))
        add(overridesOf: configuration)
    }

    /// Changes each layer, as a floor does that they must not weaken.
    package mutating func replaceEach(_ change: (Configuration) -> Configuration) {
        for index in layers.indices { layers[index].configuration = change(layers[index].configuration) }
    }

    /// The numbers of the layers that hold for a file, by its path as reports show it.
    package func numbers(for path: String) -> [Int] {
        let path = original(path)
        return layers.indices.filter { number in layers[number].paths.contains { $0.matches(path) } }
    }

    /// Whether the configuration of the run, or that of a folder, leaves a file out.
    package func leavesOut(_ path: String, _ base: Configuration) -> Bool {
        let path = original(path)
        if !base.include.isEmpty, !base.include.contains(where: { $0.matches(path) }) { return true }
        return ([base] + layers.map(\.configuration)).contains { $0.exclude.contains { $0.matches(path) } }
    }

    /// The absolute path of a file; of a copy that of what it stands for.
    private func original(_ path: String) -> String {
        let path = FileSystem.plainAbsolute(path)
        guard let copy, path.hasPrefix(copy.from + "/") else { return path }
        return copy.to + path.dropFirst(copy.from.utf8.count)
    }

    /// What layers make of the configuration of the run.
    package func configuration(_ base: Configuration, _ numbers: [Int]) -> Configuration {
        var result = base
        for number in numbers { result.takeOver(layers[number].configuration, from: layers[number].name) }
        return result
    }

    // MARK: Files

    /// The configuration files of the folders of some files: below `top` and not in it, nearest last.
    ///
    /// - Parameters:
    ///   - files: paths as given.
    ///   - top: the folder of the configuration of the run, or of the repository.
    package static func files(for files: [String], below top: String) -> [String] {
        let top = FolderGlob.absolute(top), current = FolderGlob.absolute(".")
        var seen: Set<String> = [top], found: [(depth: Int, path: String)] = []
        for file in files {
            var folder = FolderGlob.absolute(FilePath.folder(of: file))
            while folder.hasPrefix(top), seen.insert(folder).inserted {
                let shown = folder.hasPrefix(current) ? String(folder.dropFirst(current.utf8.count)) : folder
                let names = ConfigurationFinder.names.map { shown + $0 }
                if let path = names.first(where: { (try? FileSystem.status(of: $0))?.kind == .file }) {
                    found.append((folder.utf8.count { $0 == 0x2F }, path))
                }
                guard let slash = folder.dropLast().lastIndex(of: "/") else { break }
                folder = String(folder[...slash])
            }
        }
        return found.sorted { ($0.depth, $0.path) < ($1.depth, $1.path) }.map(\.path)
    }
}

extension Configuration {
    /// Takes over what a nearer file says about single paths.
    fileprivate mutating func takeOver(_ other: Configuration, from layer: String) {
        profiles = other.profiles ?? profiles
        skip += other.skip.filter { !skip.contains($0) }
        severities.merge(other.severities) { _, own in own }
        parameters.merge(other.parameters) { $0.merging($1) { _, own in own } }
        places.merge(other.places) { _, own in own }
        keepAlive(other)
    }
}
