import Inputs
import Kustomize
import Synchronization
import Text

/// What the files of the input are to builds.
struct RepositoryFiles {
    /// Folders with a kustomization; absolute, links followed.
    var kustomizations: [String] = []
    /// Folders and archives of charts that are not inside of other charts; absolute.
    var charts: [String] = []
    /// Files in which something that applies others may stand, or that such objects refer to.
    var deployers: [InputFile] = []

    private static let groups = [
        "argoproj.io", "kustomize.toolkit.fluxcd.io", "helm.toolkit.fluxcd.io", "source.toolkit.fluxcd.io",
    ]

    init(_ files: [InputFile], jobs: Int) {
        let disk = DiskFiles()
        var charts: Set<String> = [], folders: Set<String> = []
        for file in files where file.path != "-" {
            let name = String(FilePath.name(of: file.path))
            if KustomizationFile.names.contains(name) {
                guard let folder = disk.resolve(FilePath.folder(of: file.path))?.path, folders.insert(folder).inserted else {
                    continue
                }
                kustomizations.append(folder)
            } else if name == "Chart.yaml" {
                if let folder = disk.resolve(FilePath.folder(of: file.path))?.path { charts.insert(folder) }
            } else if name.hasSuffix(".tgz"), let archive = disk.resolve(file.path)?.path {
                charts.insert(archive)
            }
        }
        self.charts = charts.filter { path in
            // A chart in the `charts` folder of another one, however deep, is a part of that.
            var folder = path
            while let range = folder.range(of: "/charts/") {
                let outer = String(folder[..<range.lowerBound])
                if (try? FileSystem.status(of: FilePath.join(outer, "Chart.yaml"))) != nil { return false }
                folder = String(folder[folder.index(after: range.lowerBound)...])
            }
            return !Self.isInsideChart(path)
        }.sorted { ExactText.precedes($0, $1) }
        deployers = Self.naming(Self.groups, files.filter { $0.path != "-" }, jobs: jobs)
    }

    private static func isInsideChart(_ path: String) -> Bool {
        var folder = FilePath.folder(of: path)
        while folder != "/", folder != "." {
            let outer = FilePath.folder(of: folder)
            if FilePath.name(of: folder) == "charts", (try? FileSystem.status(of: FilePath.join(outer, "Chart.yaml"))) != nil {
                return true
            }
            folder = outer
        }
        return false
    }

    /// The files in which one of the texts stands.
    static func naming(_ texts: [String], _ files: [InputFile], jobs: Int) -> [InputFile] {
        let found = Mutex<[Int]>([])
        let next = Atomic<Int>(0)
        WorkerPool.run(jobs: min(jobs, files.count / 16 + 1)) {
            var own: [Int] = []
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= files.count { break }
                // What is in a pipe can be read only once, by the check itself.
                let path = files[index].path
                guard let status = try? FileSystem.status(of: path), status.kind == .file,
                    let bytes = try? FileSystem.read(path)
                else { continue }
                if texts.contains(where: { bytes.contains(text: $0) }) { own.append(index) }
            }
            found.withLock { $0 += own }
        }
        return found.withLock { $0 }.sorted().map { files[$0] }
    }
}
