import Diagnostics
import Documents
import Text

/// A path whose list items are named by what they hold instead of their numbers, so that it stays the same when another item
/// is put before: `/spec/containers/[name=web]/image`.
enum StablePath {
    /// Members that tell the items of a list apart, the first that an item has.
    private static let keys: [StaticString] = [
        "name", "key", "mountPath", "devicePath", "containerPort", "topologyKey", "ip", "uid", "id",
    ]
    private static let longestText = 200

    /// The path in words that do not depend on the order of lists; nil for one that leads through no list.
    static func text(of path: DocumentPath, in document: Document) -> String? {
        guard path.steps.contains(where: { if case .index = $0 { true } else { false } }) else { return nil }
        var text = "", node = document.root
        for step in path.steps {
            switch step {
            case .index(let index) where node.kind == .array && index < node.count:
                // Items that look the same have the same name: who compares counts.
                node = node.elements[index]
                text += "/[\(name(of: node))]"
            case .index(let index):
                text += "/\(index)"
                node = .undefined
            case .key(let key):
                DocumentPath.append(step, toPointer: &text)
                node = node.kind == .object ? node.field(named: key) : .undefined
            }
        }
        return text
    }

    private static func name(of item: Value) -> String {
        if item.kind == .object {
            for key in keys {
                let value = item.field(key)
                if value.isDefined, !value.isCollection, value.kind != .null {
                    return "\(key)=\(short(JSONWriter.string(value)))"
                }
            }
        }
        return short(item.writtenSize(upTo: longestText) > longestText ? digest(item) : JSONWriter.string(item))
    }

    private static func short(_ text: String) -> String {
        if text.utf8.count <= longestText { return text }
        var hash = FNVHash()
        hash.combine(text.utf8)
        return hash.text
    }

    /// Large items are named by their hash, which reads only so much of them.
    private static func digest(_ item: Value) -> String {
        let limit = 1 << 16
        if item.writtenSize(upTo: limit) > limit { return "size \(item.count)" }
        return JSONWriter.string(item)
    }
}
