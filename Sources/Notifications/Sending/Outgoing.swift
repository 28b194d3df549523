import Diagnostics
import Documents

/// A request to a target, without what is secret in it: that is added when it is sent, so that it can wait on disk.
struct Outgoing: Sendable, Hashable {
    /// The name of the target.
    var target: String
    var method: String
    /// What follows the address of the target; empty for the address itself.
    var path: String
    var body: String
    /// What it does, in words.
    var what: String

    /// As it waits on disk.
    var text: String {
        ChatMessage.json { arena in
            arena.object([
                "target": arena.string(target), "method": arena.string(method), "path": arena.string(path),
                "body": arena.string(body), "what": arena.string(what),
            ])
        }
    }

    init(target: String, method: String = "POST", path: String = "", body: String, what: String) {
        (self.target, self.method, self.path, self.body, self.what) = (target, method, path, body, what)
    }

    /// Nil for a text that holds no request.
    init?(reading bytes: [UInt8]) {
        guard let document = try? JSONReader.read(SourceFile(path: "", bytes: bytes)) else { return nil }
        let fields = document.withRoot { root -> [String]? in
            guard root.kind == .object else { return nil }
            return ["target", "method", "path", "body", "what"].map { root.field(named: $0).stringValue ?? "" }
        }
        guard let fields, !fields[0].isEmpty, ["POST", "PUT", "PATCH"].contains(fields[1]) else { return nil }
        (target, method, path, body, what) = (fields[0], fields[1], fields[2], fields[3], fields[4])
    }
}
