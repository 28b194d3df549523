import Inputs
import NIOHTTP1

/// Credentials for servers that this one calls.
enum BearerToken {
    /// Adds the token in a file to a request; what went wrong, when it cannot be read.
    static func add(_ file: String?, to headers: inout HTTPHeaders) -> String? {
        guard let file else { return nil }
        do {
            let text = String(decoding: try FileSystem.read(file, limit: 64 << 10), as: UTF8.self)
            let token = text.split { $0.isWhitespace }.joined()
            headers.add(name: "Authorization", value: "Bearer \(token)")
            return nil
        } catch { return "cannot read \(error.path): \(error.reason)" }
    }
}
