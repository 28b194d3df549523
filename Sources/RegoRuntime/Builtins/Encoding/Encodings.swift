import Documents
import Text

extension Builtins {
    /// Base64 and hexadecimal (OPA policy reference, "Encoding").
    static let encodings: [Builtin] = [
        Builtin("base64.encode", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Base64.encode(text.utf8))
        },
        Builtin("base64.decode", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(Base64.CorruptInput) {
                return call.arena.string(try Base64.decode(text.utf8))
            } catch { return call.fail(error.message) }
        },
        Builtin("base64.is_valid", .string, returns: .boolean) { call in
            guard call[0].kind == .string else { return .false }
            return .bool((try? Base64.decode(call[0].utf8)) != nil)
        },
        Builtin("base64url.encode", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Base64.encode(text.utf8, alphabet: .url))
        },
        Builtin("base64url.encode_no_pad", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Base64.encode(text.utf8, alphabet: .url, padded: false))
        },
        Builtin("base64url.decode", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            if text.utf8.last != UInt8(ascii: "="), text.count % 4 == 1 {
                return call.fail("illegal base64url string: \(text.string)")
            }
            do throws(Base64.CorruptInput) {
                return call.arena.string(try Base64.decodeURL(text.utf8))
            } catch { return call.fail(error.message) }
        },
        Builtin("hex.encode", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Hex.encode(text.utf8))
        },
        Builtin("hex.decode", .string, returns: .string) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(Hex.InvalidText) {
                return call.arena.string(try Hex.decode(text.utf8))
            } catch { return call.fail(error.message) }
        },
    ]
}
