import Diagnostics
import Documents
import GoTemplate
import Inputs
import Kustomize

/// What the readers of deployers, such as Applications, ask.
struct DeployerContext {
    let settings: BuildSettings
    let repository: Repository
    /// Objects of the run that deployers refer to.
    var objects = ObjectLookup()

    func shown(_ path: String) -> String { SlashPath.relative(path, to: settings.workingFolder) }

    /// What a folder is, or what stands in the way.
    enum Folder {
        case kustomization, chart, manifests, notFolder
    }

    func kind(of path: String) -> Folder {
        if ChartBuilder.isChart(path) { return .chart }
        guard (try? FileSystem.status(of: path).kind) == .folder else { return .notFolder }
        let hasKustomization = KustomizationFile.names.contains { name in
            (try? FileSystem.status(of: FilePath.join(path, name))) != nil
        }
        return hasKustomization ? .kustomization : .manifests
    }

    /// A local copy of a chart that lives in a registry; nil when the configuration names none.
    func localChart(_ name: String, in repository: String?) -> String? {
        var base = Substring(repository ?? "")
        while base.hasSuffix("/") { base = base.dropLast() }
        for key in ["\(base)/\(name)", name] {
            if let path = settings.localCharts[key] { return SlashPath.join(settings.workingFolder, path) }
        }
        return nil
    }
}

/// Finds objects by kind and name; of several, such as those of several clusters, the one nearest to who asks.
struct ObjectLookup {
    /// The objects of one kind and name.
    private struct Named {
        var resources: [Resource] = []
        /// By namespace, and by each start of a path: the first object whose path starts so. Under `everywhere` those of all
        /// namespaces, under the empty text those without one.
        var nearest: [String: [String: Int]] = [:]

        mutating func add(_ resource: Resource) {
            let starts = ObjectLookup.starts(of: resource.path)
            for namespace in [ObjectLookup.everywhere, resource.namespace ?? ""] {
                for start in starts where nearest[namespace]?[start] == nil {
                    nearest[namespace, default: [:]][start] = resources.count
                }
            }
            resources.append(resource)
        }
    }

    private static let everywhere = "*"
    private var known: [String: Named] = [:]

    mutating func add(_ resource: Resource) {
        known["\(resource.type.group)/\(resource.type.kind)/\(resource.name)", default: Named()].add(resource)
    }

    /// The object that stands nearest to a file; of several the first. One without a namespace may be in any.
    func find(_ group: String, _ kind: String, _ namespace: String?, _ name: String, near path: String) -> Resource? {
        guard let named = known["\(group)/\(kind)/\(name)"] else { return nil }
        let places = [named.nearest[namespace ?? Self.everywhere], namespace == nil ? nil : named.nearest[""]]
        for start in Self.starts(of: path).reversed() {
            if let index = places.compactMap({ $0?[start] }).min() { return named.resources[index] }
        }
        return nil
    }

    /// What a path may have in common with others: nothing, its first folder, and so on up to all of it.
    private static func starts(of path: String) -> [String] {
        var starts = [""]
        for part in path.split(separator: "/") { starts.append(starts[starts.count - 1] + "/" + part) }
        return starts
    }
}

extension Resource {
    var node: PlacedNode { PlacedNode(document) }
}
