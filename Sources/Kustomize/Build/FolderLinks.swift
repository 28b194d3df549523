import Diagnostics

/// Which folders and files a kustomization uses, without building it.
package struct FolderLinks: Sendable {
    /// Whether it is a component, which is nothing by itself.
    package var isComponent: Bool
    /// Folders under `resources`, `bases` and `components`, and those of charts: absolute, links followed.
    package var folders: [String]
    /// The files it names as patches: absolute, links followed.
    package var patches: [String]
    /// All other files it names.
    package var files: [String]

    package init(isComponent: Bool = false, folders: [String] = [], patches: [String] = [], files: [String] = []) {
        (self.isComponent, self.folders, self.patches, self.files) = (isComponent, folders, patches, files)
    }
}

extension Kustomizer {
    /// What the kustomization of a folder uses; nil when there is no kustomization that can be read.
    package func links(of folder: String) -> FolderLinks? {
        let context = BuildContext(options, files: files, map: .init())
        do throws(BuildError) {
            let loader = try Loader.top(folder, context)
            let target = try Target(loader, folder: nil, outerNamespace: nil)
            let kustomization = target.kustomization
            func places(_ names: [String]) -> [(path: String, isFolder: Bool)] {
                names.compactMap { context.files.resolve(SlashPath.join(loader.root, $0)) }
            }
            let found = places(try kustomization.names())
            return FolderLinks(
                isComponent: kustomization.kind == "Component", folders: found.filter(\.isFolder).map(\.path),
                patches: places(try kustomization.patchNames()).map(\.path),
                files: found.filter { !$0.isFolder }.map(\.path))
        } catch {
            return nil
        }
    }
}

extension Kustomization {
    fileprivate func patchNames() throws(BuildError) -> [String] {
        var names = patchesStrategicMerge.map(\.valueText)
        for fields in patches + patchesJSON6902 {
            if let path = try fields.text("path") { names.append(path.valueText) }
        }
        return names.filter { !$0.contains("\n") }
    }

    /// All paths of files and folders that it names, but for patches.
    fileprivate func names() throws(BuildError) -> [String] {
        var nodes = resources + components + customResources + configurations + generators + transformers + validators
        for entry in replacements {
            if let path = entry.field("path") { nodes.append(path) }
        }
        if let path = try openAPI?.text("path") { nodes.append(path) }
        var names = nodes.map(\.valueText)
        for fields in configMaps + secrets {
            names += try fields.texts("envs").map(\.valueText)
            if let file = try fields.text("env") { names.append(file.valueText) }
            for file in try fields.texts("files") {
                let text = file.valueText
                names.append(text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? text)
            }
        }
        for chart in charts {
            let given = try chartGlobals?.text("chartHome")
            let own = try chart.text("chartHome")
            let home = (given ?? own)?.valueText ?? "charts"
            if let name = try chart.text("name", "chartName") { names.append(home + "/" + name.valueText) }
            for name in ["valuesFile", "values"] {
                if let file = try chart.text(name) { names.append(file.valueText) }
            }
            names += try chart.texts("additionalValuesFiles").map(\.valueText)
        }
        return names.filter { !$0.contains("\n") }
    }
}
