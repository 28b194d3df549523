import Diagnostics

/// Which folders a kustomization uses, without building it.
package struct FolderLinks: Sendable {
    /// Whether it is a component, which is nothing by itself.
    package var isComponent: Bool
    /// Folders under `resources`, `bases` and `components`: absolute, links followed.
    package var folders: [String]
}

extension Kustomizer {
    /// The folders that the kustomization of a folder uses; nil when there is no kustomization that can be read.
    package func links(of folder: String) -> FolderLinks? {
        let context = BuildContext(options, files: files, map: .init())
        do throws(BuildError) {
            let loader = try Loader.top(folder, context)
            let target = try Target(loader, folder: nil, outerNamespace: nil)
            let kustomization = target.kustomization
            let found = (kustomization.resources + kustomization.components).compactMap { node in
                context.files.resolve(SlashPath.join(loader.root, node.valueText))
            }
            return FolderLinks(
                isComponent: kustomization.kind == "Component", folders: found.filter(\.isFolder).map(\.path))
        } catch {
            return nil
        }
    }
}
