import Diagnostics
import Documents
package import Inputs
package import Renderings

/// Finds the images that objects use, and where they are written.
package struct ImageFinder {
    private let workloads: Workloads
    private let origins: ImageOrigins
    private var places: PlaceReader

    /// - Parameters:
    ///   - workloads: where objects of other kinds than Kubernetes' own hold Pods.
    ///   - origins: what the rendering of charts kept.
    package init(_ workloads: Workloads, _ origins: ImageOrigins) {
        self.workloads = workloads
        self.origins = origins
        places = PlaceReader()
    }

    /// The images of an object, in the order of its fields.
    package mutating func uses(of resource: Resource) -> [ImageUse] {
        let document = resource.document
        return document.withRoot { root in
            var found: [ImageUse] = []
            for steps in Self.specs(of: resource) {
                let spec = document.value(at: DocumentPath(steps))
                if spec.kind == .object { addPod(spec, steps, resource, &found) }
            }
            for view in workloads.views(of: resource) {
                view.document.withRoot { _ in addView(view, resource, &found) }
            }
            if !Self.isOwn(resource.type) { addOthers(root, [], resource, &found) }
            return found
        }
    }

    /// Kubernetes' own kinds with Pods.
    private static func specs(of resource: Resource) -> [[DocumentPath.Step]] {
        let type = resource.type
        guard isOwn(type) else { return [] }
        switch type.kind {
        case "Pod": return [[.key("spec")]]
        case "PodTemplate": return [[.key("template"), .key("spec")]]
        case "CronJob":
            return [[.key("spec"), .key("jobTemplate"), .key("spec"), .key("template"), .key("spec")]]
        case "Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "ReplicationController", "Job":
            return [[.key("spec"), .key("template"), .key("spec")]]
        default: return []
        }
    }

    private static func isOwn(_ type: GroupVersionKind) -> Bool {
        type.group.isEmpty || ["apps", "batch", "extensions"].contains(type.group)
    }

    private mutating func addPod(
        _ spec: Value, _ steps: [DocumentPath.Step], _ resource: Resource, _ found: inout [ImageUse]
    ) {
        for list in ["initContainers", "containers", "ephemeralContainers"] where spec.field(named: list).kind == .array {
            for (index, container) in spec.field(named: list).elements.enumerated() {
                add(container, steps + [.key(list), .index(index)], "image", resource, &found)
            }
        }
        guard spec.field("volumes").kind == .array else { return }
        for (index, volume) in spec.field("volumes").elements.enumerated() where volume.kind == .object {
            let name = volume.field("name").stringValue ?? ""
            add(
                volume.field("image"), steps + [.key("volumes"), .index(index), .key("image")], "reference", resource, &found,
                name: name)
        }
    }

    private mutating func addView(_ view: PodView, _ resource: Resource, _ found: inout [ImageUse]) {
        let spec = view.document.root.field(named: PodView.member).field("spec")
        for list in ["initContainers", "containers", "ephemeralContainers"]
        where spec.kind == .object && spec.field(named: list).kind == .array {
            for container in spec.field(named: list).elements {
                guard container.kind == .object, let path = view.path(of: container) else { continue }
                add(container, path.steps, "image", resource, &found)
            }
        }
    }

    private mutating func add(
        _ holder: Value, _ steps: [DocumentPath.Step], _ field: String, _ resource: Resource, _ found: inout [ImageUse],
        name: String? = nil
    ) {
        guard holder.kind == .object, let text = holder.field(named: field).stringValue, !text.isEmpty else { return }
        let path = DocumentPath(steps + [.key(field)])
        if found.contains(where: { $0.path == path }) { return }
        let policy = holder.field(field == "image" ? "imagePullPolicy" : "pullPolicy").stringValue
        found.append(
            use(text, path, resource, container: name ?? holder.field("name").stringValue ?? "", policy))
    }

    private mutating func use(
        _ text: String, _ path: DocumentPath, _ resource: Resource, container: String, _ policy: String?
    ) -> ImageUse {
        let document = resource.document
        let place = document.place(at: path)
        let image = ImageReference(parsing: text)
        let places =
            if let origins = origins.origins(of: text, at: place.span) {
                self.places.places(of: origins, text, image)
            } else {
                self.places.places(of: document.range(place.span), text, image)
            }
        let takesVersion = places.contains { $0.kind == .chart } && !places.contains { $0.part == .tag && $0.kind != .chart }
        return ImageUse(
            text: text, image: image, resource: resource.reference, file: resource.path, container: container, path: path,
            pullPolicy: policy, places: places, emptyTag: takesVersion ? self.places.emptyTag(beside: places) : nil,
            builds: document.origin.map(\.message).filter { $0.hasPrefix("as ") })
    }

    /// Fields called `image` of custom resources, when they hold a name with a path or a tag.
    private mutating func addOthers(
        _ node: Value, _ steps: [DocumentPath.Step], _ resource: Resource, _ found: inout [ImageUse]
    ) {
        if steps.count > 24 || found.count > 1_000 { return }
        if node.kind == .array {
            for (index, item) in node.elements.enumerated() where item.isCollection {
                addOthers(item, steps + [.index(index)], resource, &found)
            }
        }
        guard node.kind == .object else { return }
        for index in node.keys.indices {
            guard let name = node.keys[index].stringValue else { continue }
            let member = node.values[index], path = steps + [.key(name)]
            if member.isCollection { addOthers(member, path, resource, &found) }
            guard name == "image", let text = member.stringValue, text.contains("/") || text.contains(":"),
                ImageReference(parsing: text) != nil, !found.contains(where: { $0.path.steps == path })
            else { continue }
            var use = use(
                text, DocumentPath(path), resource, container: node.field("name").stringValue ?? "",
                node.field("imagePullPolicy").stringValue)
            use.isGuess = true
            found.append(use)
        }
    }
}
