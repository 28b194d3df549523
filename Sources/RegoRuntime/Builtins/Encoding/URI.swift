import Documents
import GoLibrary
import Text

extension Builtins {
    /// Parts of URIs (OPA policy reference, "URI").
    static let uris: [Builtin] = [
        Builtin("uri.parse", help: "(text) The parts of a URI.", .string, returns: .object(.string, .string)) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(URLEscaping.Invalid) {
                return try URI(text.utf8).value(in: call.arena)
            } catch {
                return call.fail(error.message(parsing: text.string))
            }
        },
        Builtin("uri.is_valid", help: "(text) Whether the text is a URI.", .string, returns: .boolean) { call in
            guard call[0].kind == .string else { return .false }
            return .bool(!call[0].utf8.isEmpty && (try? URI(call[0].utf8)) != nil)
        },
    ]
}

extension URI {
    fileprivate func value(in arena: Arena) -> Value {
        var entries: [ObjectEntry] = []
        func add(_ key: String, _ bytes: [UInt8]) {
            if !bytes.isEmpty { entries.append(ObjectEntry(key: arena.string(key), value: arena.string(bytes))) }
        }
        add("scheme", Array(scheme.utf8))
        add("hostname", hostName)
        add("port", port)
        add("path", path)
        add("raw_path", rawPath ?? path)
        add("raw_query", query)
        add("fragment", fragment)
        return arena.object(entries)
    }
}
