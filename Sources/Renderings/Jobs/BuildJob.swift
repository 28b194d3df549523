import Diagnostics
import Documents
import Inputs
import Kustomize
import Text

/// One thing to build, and what it is built for.
struct BuildJob: Sendable {
    enum Work: Sendable {
        /// - Parameter isRestricted: whether it may read files of its folder only, as kustomize has it.
        case kustomization(folder: String, edits: Edits?, isRestricted: Bool)
        case chart(ChartJob)
        /// Plain files.
        case manifests(ManifestFolder)
        /// Nothing: it is not here, or not known.
        case nothing(BuildFailure)
    }

    var work: Work
    var record: BuildRecord
    /// Steps after the build.
    var notes: [Diagnostic.Note] = []
    /// The namespace of objects that name none.
    var namespace: PlacedNode?
    /// Where it is applied to; builds of one place know each other.
    var destination: String?
    /// What applies it: equal ones are built once.
    var identity = ""

    /// The folder or archive that is built; absolute.
    var place: String? {
        switch work {
        case .kustomization(let folder, _, _): folder
        case .chart(let chart): chart.path
        case .manifests(let folder): folder.path
        case .nothing: nil
        }
    }
}

extension BuildJob {
    /// What equal builds have in common.
    var key: String { identity + "\u{0}" + (place ?? record.path) + "\u{0}" + record.values }

    /// The folder that is built, and those that a kustomization made for it names.
    var places: [String] {
        guard let place else { return [] }
        guard case .kustomization(_, let edits?, _) = work else { return [place] }
        return [place] + (edits.resources ?? []).map { SlashPath.join(place, $0) }
    }
}

/// Plain files of a folder that are applied as they are.
struct ManifestFolder: Sendable {
    /// Absolute.
    var path: String
    var isRecursive = false
    var include: [PathGlob] = []
    var exclude: [PathGlob] = []

    private static let mostFiles = 20_000

    /// The files, absolute, in the order of their paths.
    func files() -> [String] {
        var files: [String] = []
        var folders = [path]
        while let folder = folders.popLast(), files.count < Self.mostFiles {
            for name in (try? FileSystem.names(in: folder)) ?? [] where !name.hasPrefix(".") {
                let inner = FilePath.join(folder, name)
                guard let kind = try? FileSystem.status(of: inner).kind else { continue }
                if kind == .folder, isRecursive { folders.append(inner) }
                guard kind == .file, ["yaml", "yml", "json"].contains(FilePath.suffix(of: name)) else { continue }
                let relative = String(inner.dropFirst(path.utf8.count + 1))
                if exclude.contains(where: { $0.matches(relative) }) { continue }
                if !include.isEmpty, !include.contains(where: { $0.matches(relative) }) { continue }
                files.append(inner)
            }
        }
        return files.sorted { ExactText.precedes($0, $1) }
    }
}
