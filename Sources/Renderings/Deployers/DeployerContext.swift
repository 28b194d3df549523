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
    private var known: [String: [Resource]] = [:]

    mutating func add(_ resource: Resource) {
        known["\(resource.type.group)/\(resource.type.kind)/\(resource.name)", default: []].append(resource)
    }

    func find(_ group: String, _ kind: String, _ namespace: String?, _ name: String, near path: String) -> Resource? {
        let found = known["\(group)/\(kind)/\(name)"] ?? []
        let fitting = found.filter { namespace == nil || $0.namespace == nil || $0.namespace == namespace }
        return fitting.max { Self.closeness($0.path, path) < Self.closeness($1.path, path) }
    }

    private static func closeness(_ left: String, _ right: String) -> Int {
        zip(left.split(separator: "/"), right.split(separator: "/")).prefix { $0 == $1 }.count
    }
}

extension Resource {
    var node: PlacedNode { PlacedNode(document) }
}
