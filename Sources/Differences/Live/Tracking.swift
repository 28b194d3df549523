import Documents
import Inputs

/// By what an object of a cluster says that an application made it.
struct Tracking {
    /// Titles of applications by what objects call them.
    private var titles: [String: String] = [:]

    /// - Parameter titles: of the applications of a repository, such as `Application argocd/web`.
    init(_ titles: some Sequence<String>) {
        for title in titles {
            guard let space = title.firstIndex(of: " ") else { continue }
            let kind = title[..<space], name = title[title.index(after: space)...]
            switch kind {
            case "ApplicationSet":
                if let mark = name.firstRange(of: " as ") { self.titles["argo \(name[mark.upperBound...])"] = title }
            case "Application": self.titles["argo \(name.split(separator: "/").last ?? "")"] = title
            case "Kustomization", "HelmRelease":
                self.titles["\(kind) \(name)"] = title
                if !name.contains("/") { self.titles["\(kind) flux-system/\(name)"] = title }
            default: break
            }
        }
    }

    /// The title of the application that made an object; nil when none of them did.
    func owner(of resource: Resource) -> String? {
        let metadata = resource.value.field("metadata")
        // What controllers make of objects has their labels.
        if metadata.field("ownerReferences").array.contains(where: { $0.field("controller").isTrue }) { return nil }
        if ["Endpoints", "EndpointSlice", "Event", "Lease", "ControllerRevision"].contains(resource.type.kind) { return nil }
        let labels = metadata.field("labels"), annotations = metadata.field("annotations")
        if let id = annotations.field(named: "argocd.argoproj.io/tracking-id").stringValue {
            let parts = id.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, Self.isIdentity(String(parts[1]), of: resource) else { return nil }
            let name = parts[0].split(separator: "_").last ?? parts[0]
            return titles["argo \(name)"]
        }
        for kind in ["kustomize", "helm"] {
            guard let name = labels.field(named: "\(kind).toolkit.fluxcd.io/name").stringValue else { continue }
            let namespace = labels.field(named: "\(kind).toolkit.fluxcd.io/namespace").stringValue ?? "flux-system"
            return titles["\(kind == "helm" ? "HelmRelease" : "Kustomization") \(namespace)/\(name)"]
        }
        for label in ["argocd.argoproj.io/instance", "app.kubernetes.io/instance"] {
            if let name = labels.field(named: label).stringValue, let title = titles["argo \(name)"] { return title }
        }
        return nil
    }

    /// Whether a tracking id is about the object itself: `group/Kind:namespace/name`. A copy of it is not.
    private static func isIdentity(_ text: String, of resource: Resource) -> Bool {
        text == "\(resource.type.group)/\(resource.type.kind):\(resource.namespace ?? "")/\(resource.name)"
    }
}
