/// Where a line ends inside of brackets or braces: before an item of a list, or behind the key of a member.
struct FlowPlace {
    /// The key of a member; nil for an item of a list.
    let key: String?
    /// The key inside of the line whose value the list or mapping around is; nil when that is the key of the line.
    let owner: String?

    private struct Frame {
        var isList: Bool
        /// The key that the list or mapping belongs to, itself or through a list around.
        var owner: String?
    }

    /// Whether a text begins with a list in brackets or a mapping in braces.
    static func opens(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "{") && bytes.dropFirst().first != UInt8(ascii: "{")
    }

    /// Nil for a line that ends elsewhere.
    init?(_ line: BlockText) {
        guard let bytes = [line.text, line.value].lazy.compactMap(\.self).first(where: Self.opens) else { return nil }
        var frames: [Frame] = []
        var token: [UInt8] = []
        var key: String?
        var quote: UInt8?
        for byte in bytes {
            if let open = quote {
                if byte == open { quote = nil } else { token.append(byte) }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                let owner = frames.last.flatMap { $0.isList ? $0.owner : key }
                frames.append(Frame(isList: byte == UInt8(ascii: "["), owner: owner))
                (token, key) = ([], nil)
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                _ = frames.popLast()
                (token, key) = ([byte], nil)
            case UInt8(ascii: ","): (token, key) = ([], nil)
            case UInt8(ascii: ":") where key == nil:
                key = String(decoding: token, as: UTF8.self)
                token = []
            case 0x20: break
            default: token.append(byte)
            }
        }
        guard quote == nil, token.isEmpty, let last = frames.last, last.isList == (key == nil) else { return nil }
        (self.key, owner) = (key, last.owner)
    }
}
