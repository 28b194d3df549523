package import Diagnostics
import Documents
import Kustomize
import Synchronization

/// What kustomizations among the files make, and the files that are looked at as they are.
package struct RenderedInputs: Sendable {
    /// One for each kustomization that was built.
    package var contents: [ResourceReader.Contents] = []
    /// The files that no build used.
    package var files: [InputFile]

    /// Files that are looked at as they are.
    package init(files: [InputFile]) { self.files = files }

    /// Builds the kustomizations among files: those that no other one of them uses, components left out. A kustomization
    /// that cannot be built is told once, and its files are looked at as they are.
    ///
    /// - Parameters:
    ///   - folder: the folder that paths are relative to; absolute, links followed.
    ///   - sources: the numbering of the run's sources.
    ///   - stop: leaves what was not built yet when it says so.
    package init(building files: [InputFile], in folder: String, sources: SourceMap, jobs: Int, stop: RunStop? = nil) {
        self.files = files
        var options = BuildOptions()
        options.workingFolder = folder
        let kustomizer = Kustomizer(options, files: DiskFiles())
        let roots = Self.roots(files, kustomizer)
        if roots.isEmpty { return }
        let results = Mutex<[(index: Int, build: Build)]>([])
        let next = Atomic<Int>(0)
        WorkerPool.run(jobs: min(jobs, roots.count)) {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                if index >= roots.count || stop?.isStopped ?? false { return }
                let build = kustomizer.build(roots[index], map: sources)
                results.withLock { $0.append((index, build)) }
            }
        }
        var used: Set<String> = []
        for (_, build) in results.withLock({ $0 }).sorted(by: { $0.index < $1.index }) {
            contents.append(Self.contents(build))
            if !build.hasErrors { used.formUnion(build.sources.map { SlashPath.join(folder, $0.path) }) }
        }
        let disk = DiskFiles()
        self.files = files.filter { file in
            file.path == "-" || Self.isKustomization(file) || !used.contains(disk.resolve(file.path)?.path ?? file.path)
        }
    }

    private static func isKustomization(_ file: InputFile) -> Bool {
        ["kustomization.yaml", "kustomization.yml"].contains(FilePath.name(of: file.path))
    }

    /// The folders to build.
    private static func roots(_ files: [InputFile], _ kustomizer: Kustomizer) -> [String] {
        let disk = DiskFiles()
        var folders: [String] = []
        var used: Set<String> = []
        for file in files where isKustomization(file) {
            guard let folder = disk.resolve(FilePath.folder(of: file.path))?.path, !folders.contains(folder),
                let links = kustomizer.links(of: folder)
            else { continue }
            used.formUnion(links.folders)
            if !links.isComponent { folders.append(folder) }
        }
        return folders.filter { !used.contains($0) }
    }

    private static func contents(_ build: Build) -> ResourceReader.Contents {
        var contents = ResourceReader.Contents()
        // What kustomize calls deprecated is judged by policies, not told here.
        contents.diagnostics = build.problems.filter { $0.severity == .error }
        for object in build.objects {
            let document = object.document
            let path = document.range(document.rootSpan)?.file.path ?? build.sources.first?.path ?? ""
            contents.resources += ResourceReader().read(document, path: path).resources
        }
        return contents
    }
}
