import Documents
import RegoRuntime
import Text

extension RegoCrypto {
    private static let json = RegoType.object(.string, .any)

    /// Making JSON Web Tokens (OPA policy reference, "Token signing").
    static let tokenSigning: [Builtin] = [
        Builtin(
            "io.jwt.encode_sign", help: "(header, payload, key) A signed JSON Web Token of objects.", json, json, json,
            returns: .string, nondeterministic: true, work: .content(perKibibyte: 2048, base: 20_000)
        ) { call in
            // OPA takes any payload.
            guard let header = call.objectOperand(0), let key = call.objectOperand(2) else { return .undefined }
            let payload = call[1]
            func text(_ value: Value) -> String { JSONWriter.string(value) }
            return sign(text(header), text(payload), text(key), &call)
        },
        Builtin(
            "io.jwt.encode_sign_raw", help: "(header, payload, key) A signed JSON Web Token of JSON texts.", .string, .string,
            .string, returns: .string, nondeterministic: true, work: .content(perKibibyte: 2048, base: 20_000)
        ) { call in
            guard let header = call.text(0), let payload = call.text(1), let key = call.text(2) else { return .undefined }
            return sign(header, payload, key, &call)
        },
    ]

    private static func parse(_ text: String, _ arena: Arena) -> Value? {
        var copy = text
        return copy.withUTF8 { try? JSONReader.value($0, in: arena) }
    }

    private static func sign(_ header: String, _ payload: String, _ key: String, _ call: inout BuiltinCall) -> Value {
        do throws(InputProblem) {
            guard let key = try WebKey.parse(key).first else { throw InputProblem(message: "no keys found in JWK set") }
            let headerValue = parse(header, call.arena) ?? .undefined
            if headerValue.isUndefined, header.hasPrefix("{") {
                throw InputProblem(message: "missing or invalid 'alg' header: cannot parse JSON")
            }
            guard let name = headerValue.field("alg").stringValue else {
                throw InputProblem(message: "missing or invalid 'alg' header: jwsbb: header \"alg\" not found")
            }
            guard let algorithm = SignatureAlgorithm.byName[name] else {
                throw InputProblem(message: "unknown JWS algorithm: \(name)")
            }
            let type = headerValue.field("typ").stringValue ?? ""
            if type.isEmpty || type == "JWT", parse(payload, call.arena) == nil {
                throw InputProblem(message: "type is JWT but payload is not JSON")
            }
            return call.arena.string(try token(header, payload, key, algorithm))
        } catch { return call.fail(error.message) }
    }

    /// The compact form of a token over the texts as they are.
    static func token(
        _ header: String, _ payload: String, _ key: WebKey, _ algorithm: SignatureAlgorithm
    ) throws(InputProblem) -> [UInt8] {
        func encoded(_ bytes: [UInt8]) -> [UInt8] { Base64.encode(bytes, alphabet: .url, padded: false) }
        let message = encoded(Array(header.utf8)) + [UInt8(ascii: ".")] + encoded(Array(payload.utf8))
        return message + [UInt8(ascii: ".")] + encoded(try signature(of: message, key, algorithm))
    }

    private static func signature(
        of message: [UInt8], _ key: WebKey, _ algorithm: SignatureAlgorithm
    ) throws(InputProblem) -> [UInt8] {
        if algorithm.scheme == .hmac, case .secret(let secret) = key.material {
            return WebToken.code(of: message, secret, algorithm)
        }
        guard case .privateKey(let key) = key.material, let signature = try? key.signature(of: message, algorithm) else {
            throw InputProblem(message: "failed to sign: the key does not fit the algorithm")
        }
        return signature
    }
}
