public import Diagnostics

/// A place inside a document, from its root.
public struct DocumentPath: Sendable, Hashable {
    /// One step down: a member of an object or an element of an array.
    public enum Step: Sendable, Hashable {
        case key(String)
        case index(Int)
    }

    public var steps: [Step]

    public init(_ steps: [Step] = []) { self.steps = steps }

    /// As `spec.containers[0].image`; keys that are not plain words are quoted: `metadata.labels["a.b/c"]`.
    public var fieldPath: String {
        var text = TextBuffer()
        writeFieldPath(to: &text)
        return text.string
    }

    /// Appends `fieldPath`.
    public func writeFieldPath(to text: inout TextBuffer) {
        var isFirst = true
        for step in steps {
            switch step {
            case .index(let index):
                text += "["
                text.append(index)
                text += "]"
            case .key(let key) where Self.isPlain(key):
                if !isFirst { text += "." }
                text += key
            case .key(let key):
                text += "[\""
                text += Self.quoted(key)
                text += "\"]"
            }
            isFirst = false
        }
    }

    private static func quoted(_ key: String) -> String {
        var text = ""
        for scalar in key.unicodeScalars {
            if scalar == "\\" || scalar == "\"" { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        return text
    }

    /// As `/spec/containers/0/image` (RFC 6901).
    public var jsonPointer: String {
        var text = ""
        for step in steps { Self.append(step, toPointer: &text) }
        return text
    }

    /// Adds a step to a JSON pointer.
    package static func append(_ step: Step, toPointer text: inout String) {
        text += "/"
        switch step {
        case .index(let index): text += String(index)
        case .key(let key):
            if !key.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) {
                text += key
                return
            }
            for scalar in key.unicodeScalars {
                switch scalar {
                case "~": text += "~0"
                case "/": text += "~1"
                default: text.unicodeScalars.append(scalar)
                }
            }
        }
    }

    private static func isPlain(_ key: String) -> Bool {
        !key.isEmpty
            && key.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || byte == 0x5F || byte == 0x2D
            }
    }

    /// The path given as dotted text (`spec.containers[0]["a.b"]`) or as a JSON pointer (`/spec/containers/0`);
    /// nil when it is neither.
    public init?(parsing text: String) {
        if text.hasPrefix("/") || text.isEmpty {
            self.init(
                text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
                    let key = String(part.replacing("~1", with: "/").replacing("~0", with: "~"))
                    return Int(key).flatMap { $0 >= 0 ? .index($0) : nil } ?? .key(key)
                })
            return
        }
        var text = text
        guard let steps = text.withUTF8({ Self.dottedSteps($0) }) else { return nil }
        self.init(steps)
    }

    private static func dottedSteps(_ bytes: UnsafeBufferPointer<UInt8>) -> [Step]? {
        var steps: [Step] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "[") {
                index += 1
                if index < bytes.count, bytes[index] == UInt8(ascii: "\"") {
                    index += 1
                    var key: [UInt8] = []
                    while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                        if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count { index += 1 }
                        key.append(bytes[index])
                        index += 1
                    }
                    steps.append(.key(String(decoding: key, as: UTF8.self)))
                    index += 1
                } else {
                    let end = bytes[index...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.count
                    guard let number = Int(String(decoding: bytes[index..<end], as: UTF8.self)), number >= 0 else {
                        return nil
                    }
                    steps.append(.index(number))
                    index = end
                }
                guard index < bytes.count, bytes[index] == UInt8(ascii: "]") else { return nil }
                index += 1
                if index < bytes.count, bytes[index] == UInt8(ascii: ".") { index += 1 }
            } else {
                let end =
                    bytes[index...].firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? bytes.count
                if end == index { return nil }
                steps.append(.key(String(decoding: bytes[index..<end], as: UTF8.self)))
                index = end
                if index < bytes.count, bytes[index] == UInt8(ascii: ".") { index += 1 }
            }
        }
        return steps
    }
}
