import Crypto
import Documents
import Text

/// The suffix that names of generated ConfigMaps and Secrets get, made from their content as kustomize makes it.
enum ContentHash {
    /// Gives all objects that want one a name with the hash.
    static func apply(_ list: ResourceList) throws(BuildError) {
        for resource in list.resources where resource.needsHash {
            let suffix = try hash(resource)
            resource.rememberID()
            let name = resource.metadata?.field("name")
            let origin = name?.origin ?? .none
            let value = Node.scalar(resource.name + "-" + suffix, origin: origin)
            value.notes = Notes(parts: name?.notes?.parts ?? [], history: [])
            try resource.setName(value)
        }
        list.settle()
    }

    /// Ten characters.
    static func hash(_ resource: Resource) throws(BuildError) -> String {
        let root = Node(.mapping, tag: .map)
        let isSecret = resource.kind == "Secret"
        func add(_ key: String, _ node: Node?) {
            root.content += [.string(key), node ?? .string("")]
        }
        add("kind", .string(resource.kind))
        add("name", nil)
        add("data", resource.root.field("data"))
        if isSecret { add("type", resource.root.field("type").map { .string($0.text) }) }
        let more = isSecret ? "stringData" : "binaryData"
        if let node = resource.root.field(more), node.kind == .mapping { add(more, node) }
        let document = try DocumentMaker.document(root)
        let digest = Hex.text(SHA256.hash(data: Array(document.withRoot { JSONWriter.string($0) }.utf8)))
        // Digits and vowels that could make words are other letters.
        let letters = digest.utf8.prefix(10).map { byte in
            switch byte {
            case UInt8(ascii: "0"): UInt8(ascii: "g")
            case UInt8(ascii: "1"): UInt8(ascii: "h")
            case UInt8(ascii: "3"): UInt8(ascii: "k")
            case UInt8(ascii: "a"): UInt8(ascii: "m")
            case UInt8(ascii: "e"): UInt8(ascii: "t")
            default: byte
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }
}
