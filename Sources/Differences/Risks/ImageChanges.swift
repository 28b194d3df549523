import Documents
import Images
import Inputs
import Judging

/// The images that change.
struct ImageChanges {
    private struct Container {
        var name: String
        var image: String
        var path: DocumentPath
    }

    private struct Key: Hashable {
        var old: String?
        var new: String?
    }

    private var changes: [Key: ImageChange] = [:]
    private static let longestWalk = 20_000

    mutating func add(_ old: ComparedObject?, _ new: ComparedObject?) {
        let before = old.map { Self.containers(of: $0.resource.value) } ?? []
        let now = new.map { Self.containers(of: $0.resource.value) } ?? []
        var left = now
        for container in before {
            let index = left.firstIndex { $0.name == container.name && Self.list($0) == Self.list(container) }
            let partner = index.map { left.remove(at: $0) }
            if let partner, partner.image == container.image { continue }
            if let object = partner == nil ? old : new {
                add(container.image, partner?.image, container.name, partner?.path ?? container.path, object)
            }
        }
        guard let new else { return }
        for container in left { add(nil, container.image, container.name, container.path, new) }
    }

    private static func list(_ container: Container) -> String {
        DocumentPath(Array(container.path.steps.dropLast(2))).fieldPath
    }

    private mutating func add(_ old: String?, _ new: String?, _ container: String, _ path: DocumentPath, _ object: ComparedObject)
    {
        let key = Key(old: old, new: new)
        let application = object.application.kind == nil ? "" : object.application.title
        let use = ImageChange.Use(
            object: object.resource.reference, application: application, container: container,
            place: PlaceFinder(resource: object.resource).location(of: path))
        let shown = { (image: String) in SecretScreen.withoutTokens(image) }
        let change = ImageChange(old: old.map(shown), new: new.map(shown), remark: Self.remark(old, new))
        changes[key, default: change].uses.append(use)
    }

    /// The changes: those of an image first, then new ones, then those that are gone.
    var list: [ImageChange] {
        func rank(_ change: ImageChange) -> Int { change.old == nil ? 1 : change.new == nil ? 2 : 0 }
        return changes.values.sorted {
            (rank($0), $0.remark.isEmpty ? 1 : 0, $0.new ?? "", $0.old ?? "") < (
                rank($1), $1.remark.isEmpty ? 1 : 0, $1.new ?? "", $1.old ?? ""
            )
        }
    }

    // MARK: Containers

    private static func containers(of root: Value) -> [Container] {
        var found: [Container] = [], left = longestWalk, steps: [DocumentPath.Step] = []
        walk(root, &steps, &left, &found)
        return found
    }

    private static func walk(
        _ value: Value, _ steps: inout [DocumentPath.Step], _ left: inout Int, _ found: inout [Container]
    ) {
        left -= 1
        if left <= 0 { return }
        let isObject = value.kind == .object
        guard isObject || value.kind == .array else { return }
        for index in 0..<value.count {
            let child = isObject ? value.values[index] : value.elements[index]
            guard child.isCollection else { continue }
            let name = isObject ? value.keys[index].stringValue ?? "" : ""
            steps.append(isObject ? .key(name) : .index(index))
            if ["containers", "initContainers", "ephemeralContainers"].contains(name), child.kind == .array {
                for (number, container) in child.elements.enumerated() {
                    guard let image = container.field("image").stringValue, let name = container.field("name").stringValue else {
                        continue
                    }
                    let path = DocumentPath(steps + [.index(number), .key("image")])
                    found.append(Container(name: name, image: image, path: path))
                }
            } else {
                walk(child, &steps, &left, &found)
            }
            steps.removeLast()
        }
    }

    // MARK: Remarks

    private static func remark(_ old: String?, _ new: String?) -> String {
        guard let now = new.flatMap({ ImageReference(parsing: $0) }) else { return "" }
        guard let before = old.flatMap({ ImageReference(parsing: $0) }) else {
            return now.isFloating ? "not a fixed version" : ""
        }
        if before.registry != now.registry { return "from another registry" }
        if before.digest != nil, now.digest == nil { return "no longer by digest" }
        if now.isFloating, !before.isFloating { return "no longer a fixed version" }
        let isSameTag = before.name == now.name && before.tag == now.tag && now.tag != nil
        return isSameTag && before.digest != nil && before.digest != now.digest ? "the same tag with another digest" : ""
    }
}
