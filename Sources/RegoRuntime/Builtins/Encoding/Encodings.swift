import Documents
import Text

extension Builtins {
    /// Base64 and hexadecimal (OPA policy reference, "Encoding").
    static let encodings: [Builtin] = [
        Builtin("base64.encode", help: "(text) The text as Base64.", .string, returns: .string, work: .length(perKibibyte: 512)) {
            call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Base64.encode(text.utf8))
        },
        Builtin(
            "base64.decode", help: "(text) The text that Base64 stands for.", .string, returns: .string,
            work: .length(perKibibyte: 512)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(Base64.CorruptInput) {
                return call.arena.string(try Base64.decode(text.utf8))
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "base64.is_valid", help: "(text) Whether the text is Base64.", .string, returns: .boolean,
            work: .length(perKibibyte: 512)
        ) { call in
            guard call[0].kind == .string else { return .false }
            return .bool((try? Base64.decode(call[0].utf8)) != nil)
        },
        Builtin(
            "base64url.encode", help: "(text) The text as URL-safe Base64 with padding.", .string, returns: .string,
            work: .length(perKibibyte: 512)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Base64.encode(text.utf8, alphabet: .url))
        },
        Builtin(
            "base64url.encode_no_pad", help: "(text) The text as URL-safe Base64 without padding.", .string, returns: .string,
            work: .length(perKibibyte: 512)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Base64.encode(text.utf8, alphabet: .url, padded: false))
        },
        Builtin(
            "base64url.decode", help: "(text) The text that URL-safe Base64 stands for.", .string, returns: .string,
            work: .length(perKibibyte: 512)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            if text.utf8.last != UInt8(ascii: "="), text.count % 4 == 1 {
                return call.fail("illegal base64url string: \(text.string)")
            }
            do throws(Base64.CorruptInput) {
                return call.arena.string(try Base64.decodeURL(text.utf8))
            } catch { return call.fail(error.message) }
        },
        Builtin(
            "hex.encode", help: "(text) The text as hexadecimal digits.", .string, returns: .string,
            work: .length(perKibibyte: 512)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            return call.arena.string(Hex.encode(text.utf8))
        },
        Builtin(
            "hex.decode", help: "(text) The text that hexadecimal digits stand for.", .string, returns: .string,
            work: .length(perKibibyte: 512)
        ) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            do throws(Hex.InvalidText) {
                return call.arena.string(try Hex.decode(text.utf8))
            } catch { return call.fail(error.message) }
        },
    ]
}
